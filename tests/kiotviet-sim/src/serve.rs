//! One call of the public API: faults around the endpoint's answer, the books kept.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{header, HeaderValue, Request as HttpRequest, Response, StatusCode};
use futures_util::stream;
use http_body_util::BodyExt as _;
use parking_lot::Mutex;

use crate::api::{self, Request};
use crate::counters::Call;
use crate::faults::{tamper_envelope, tamper_query, Action};
use crate::query::Query;
use crate::rate_limit::too_many;
use crate::state::State;
use crate::time::VnTime;
use crate::wire::{Answer, Refusal, HTML, JSON};

/// Shared between all connections.
pub type Shared = Arc<Mutex<State>>;

/// Marks a response that must not be sent: the connection closes instead.
#[derive(Clone, Copy)]
pub struct CutConnection;

/// Answers one HTTP request to the public API.
pub async fn serve(state: Shared, request: HttpRequest<Body>) -> Response<Body> {
    let target = request
        .uri()
        .path_and_query()
        .map_or_else(String::new, ToString::to_string);
    let request = match read(request).await {
        Ok(request) => request,
        Err(error) => return plain(&Refusal::new(400, "RequestBindingException", &error)),
    };
    let actions = state
        .lock()
        .faults
        .strike(&request.method, &request.path, &request.query);
    let endpoint = api::label(&request.method, &request.path);
    let count = |outcome: String| {
        let (endpoint, target) = (endpoint.clone(), target.clone());
        let call = Call {
            endpoint,
            target,
            outcome,
            at: VnTime::now(),
        };
        state.lock().counters.add(call);
    };
    if let Some((outcome, wait)) = actions.iter().find_map(vanishing) {
        // Counted before the wait: whoever asks meanwhile must see the call.
        count(outcome.into());
        pause(wait).await;
        return cut();
    }
    if let Some(ms) = actions.iter().find_map(Action::late) {
        process_late(&state, request, ms);
        count("lateProcess".into());
        return cut();
    }
    let (response, outcome) = act(&state, request, &actions).await;
    count(outcome);
    response
}

/// Faults that never answer and do nothing: the word they are counted under and how long the connection stays open.
fn vanishing(action: &Action) -> Option<(&'static str, u64)> {
    match action {
        Action::Hang { ms } => Some(("hang", *ms)),
        Action::CutBefore => Some(("cutBefore", 0)),
        _ => None,
    }
}

async fn read(request: HttpRequest<Body>) -> Result<Request, String> {
    let (parts, body) = request.into_parts();
    let body = body
        .collect()
        .await
        .map_err(|error| format!("unreadable body: {error}"))?
        .to_bytes();
    let header = |name: &str| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    Ok(Request {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: Query::parse(parts.uri.query().unwrap_or_default().as_bytes()),
        authorization: header("authorization"),
        retailer: header("retailer"),
        content_type: header("content-type"),
        partner: header("partner"),
        body,
    })
}

/// The answer under the faults that strike, and the word it is counted under.
async fn act(state: &Shared, mut request: Request, actions: &[Action]) -> (Response<Body>, String) {
    for action in actions {
        match action {
            Action::Latency { ms } => pause(*ms).await,
            Action::ExpireTokens => state.lock().expire_tokens(),
            _ => {}
        }
    }
    if let Some(refusal) = actions
        .iter()
        .find_map(|action| refusal_before(&state.lock(), action))
    {
        return counted(plain(&refusal));
    }
    tamper_query(actions, &mut request.query);
    let answer = api::answer(&mut state.lock(), &request, VnTime::now());
    match answer {
        Ok(answer) => send(answer, actions),
        Err(refusal) => counted(plain(&refusal)),
    }
}

/// Does the work later, in a task of its own: the connection is gone by then, and with it the answer.
fn process_late(state: &Shared, request: Request, ms: u64) {
    let state = Arc::clone(state);
    tokio::spawn(async move {
        pause(ms).await;
        let _ = api::answer(&mut state.lock(), &request, VnTime::now());
    });
}

/// Faults that answer before any work is done.
fn refusal_before(state: &State, action: &Action) -> Option<Refusal> {
    Some(match action {
        Action::Unauthorized => Refusal::token(),
        Action::RefuseToken => api::bad_credentials(state),
        Action::WrongRetailer => api::wrong_retailer(state),
        Action::Refuse {
            error_code,
            message,
        } => Refusal::business(error_code, message),
        Action::RateLimited { retry_after } => {
            let mut refusal = too_many(&state.switches, None);
            refusal.retry_after = retry_after.as_ref().map(crate::faults::RetryAfter::header);
            refusal
        }
        Action::Status {
            status,
            body,
            processed: false,
        } => status_refusal(*status, body.as_deref()),
        Action::Html { status } => Refusal::with_body(*status, HTML, MAINTENANCE),
        _ => return None,
    })
}

const MAINTENANCE: &str = "<!DOCTYPE html><html><head><title>KiotViet</title></head>\
<body><h1>Hệ thống đang bảo trì</h1><p>Vui lòng quay lại sau.</p></body></html>";

fn status_refusal(status: u16, body: Option<&str>) -> Refusal {
    match body {
        Some(body) => Refusal::with_body(status, JSON, body),
        None => Refusal::new(
            status,
            "InternalServerException",
            "Đã có lỗi xảy ra, vui lòng thử lại sau",
        ),
    }
}

/// Sends an answer, under the faults that strike after the work.
fn send(mut answer: Answer, actions: &[Action]) -> (Response<Body>, String) {
    if let Answer::List(envelope) = &mut answer {
        tamper_envelope(actions, envelope);
    }
    let json = answer.into_json();
    for action in actions {
        match action {
            Action::Status {
                status,
                body,
                processed: true,
            } => {
                return counted(plain(&status_refusal(*status, body.as_deref())));
            }
            Action::CutAfter { per_mille } => {
                return (cut_after(json, *per_mille), "cutAfter".into())
            }
            Action::SlowBody { ms, pieces } => return counted(slow(json, *ms, *pieces)),
            Action::BadJson => {
                let kept: String = json.chars().take(json.chars().count() / 2).collect();
                return counted(respond(200, JSON, kept.into()));
            }
            _ => {}
        }
    }
    counted(respond(200, JSON, json.into()))
}

fn counted(response: Response<Body>) -> (Response<Body>, String) {
    let status = response.status().as_u16().to_string();
    (response, status)
}

async fn pause(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}

/// A response with a type. KiotViet's 420 is no registered status but a legal number.
fn respond(status: u16, content_type: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

fn plain(refusal: &Refusal) -> Response<Body> {
    let mut response = respond(
        refusal.status,
        refusal.content_type,
        refusal.body.clone().into(),
    );
    if let Some(value) = refusal
        .retry_after
        .as_deref()
        .and_then(|text| HeaderValue::from_str(text).ok())
    {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

fn cut() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(CutConnection);
    response
}

/// Announces the whole length, sends a part, then the stream fails and the connection closes.
fn cut_after(json: String, per_mille: u32) -> Response<Body> {
    let length = json.len();
    let sent = length * usize::try_from(per_mille.min(999)).unwrap_or(0) / 1000;
    let start = Bytes::from(json).slice(..sent);
    let broken = std::io::Error::new(std::io::ErrorKind::ConnectionReset, "cut on purpose");
    // The pause lets the first part leave before the connection is torn down.
    let parts = stream::unfold(Some((start, broken)), |step| async move {
        let (start, broken) = step?;
        if start.is_empty() {
            pause(20).await;
            return Some((Err(broken), None));
        }
        Some((
            Ok::<Bytes, std::io::Error>(start),
            Some((Bytes::new(), broken)),
        ))
    });
    let mut response = respond(200, JSON, Body::from_stream(parts));
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    response
}

fn slow(json: String, ms: u64, pieces: u32) -> Response<Body> {
    let pieces = usize::try_from(pieces.max(1)).unwrap_or(1);
    let step = json.len().div_ceil(pieces).max(1);
    let wait = ms / u64::try_from(pieces).unwrap_or(1);
    let length = json.len();
    let parts = stream::unfold(Bytes::from(json), move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        pause(wait).await;
        let piece = rest.split_to(step.min(rest.len()));
        Some((Ok::<Bytes, Infallible>(piece), rest))
    });
    let mut response = respond(200, JSON, Body::from_stream(parts));
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    response
}
