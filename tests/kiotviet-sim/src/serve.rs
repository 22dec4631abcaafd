//! One call of the public API: faults around the endpoint's answer, the books kept.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{header, HeaderValue, Method, Request as HttpRequest, Response, StatusCode};
use futures_util::stream;
use http_body_util::BodyExt as _;
use parking_lot::Mutex;
use tokio::sync::watch;

use crate::api::{self, Request};
use crate::counters::Call;
use crate::faults::{tamper_envelope, tamper_query, Action};
use crate::query::Query;
use crate::rate_limit::too_many;
use crate::state::{Postponed, State};
use crate::time::VnTime;
use crate::wire::{Answer, Refusal, HTML, JSON, PLAIN};

/// Shared between all connections.
pub type Shared = Arc<Mutex<State>>;

/// Marks a response that must not be sent: the connection closes instead.
#[derive(Clone, Copy)]
pub struct CutConnection;

/// Answers one HTTP request to the public API. `gone` ends when the client has given up.
pub async fn serve(
    state: Shared,
    request: HttpRequest<Body>,
    gone: watch::Receiver<()>,
) -> Response<Body> {
    let target = request
        .uri()
        .path_and_query()
        .map_or_else(String::new, ToString::to_string);
    let request = match read(request).await {
        Ok(request) => request,
        Err(error) => return plain(&Refusal::new(400, "RequestBindingException", &error)),
    };
    let actions = state.lock().faults.strike(&request);
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
    let silent = actions.iter().find_map(silence);
    if let Some(silence) = silent {
        // Counted before the wait: whoever asks meanwhile must see the call.
        count(silence.outcome.into());
        let until_given_up = silence.then.is_some();
        stay_silent(silence.hold_ms, gone, until_given_up).await;
        if let Some(then) = silence.then {
            process_later(&state, request, then);
        }
        return cut();
    }
    let (method, path) = (request.method.clone(), request.path.clone());
    let (response, outcome) = act(&state, request, &actions).await;
    count(outcome);
    state.lock().process_postponed(&method, &path);
    response
}

/// A fault that never answers.
struct Silence {
    /// The word it is counted under.
    outcome: &'static str,
    /// How long the connection stays open at most.
    hold_ms: u64,
    /// When the work is done after all.
    then: Option<Then>,
}

/// When a call that was never answered is processed.
enum Then {
    /// So many milliseconds later.
    After(u64),
    /// When the n-th call of that method and path has been answered.
    AfterCall(String, String, u64),
}

fn silence(action: &Action) -> Option<Silence> {
    let (outcome, hold_ms, then) = match action {
        Action::Hang { ms } => ("hang", *ms, None),
        Action::CutBefore => ("cutBefore", 0, None),
        Action::LateProcess { ms, hold_ms } => ("lateProcess", *hold_ms, Some(Then::After(*ms))),
        Action::ProcessAfter {
            path,
            method,
            nth,
            hold_ms,
        } => {
            let then = Then::AfterCall(method.clone(), path.clone(), *nth);
            ("processAfter", *hold_ms, Some(then))
        }
        _ => return None,
    };
    Some(Silence {
        outcome,
        hold_ms,
        then,
    })
}

/// Keeps the connection open; where the work is still to be done, no longer than the client waits.
async fn stay_silent(ms: u64, mut gone: watch::Receiver<()>, until_given_up: bool) {
    if ms == 0 {
        return;
    }
    let given_up = async {
        if until_given_up {
            // Ends with an error when the other side is dropped; nothing is ever sent.
            while gone.changed().await.is_ok() {}
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = pause(ms) => {}
        () = given_up => {}
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
        method: method_of(&parts),
        path: parts.uri.path().to_owned(),
        query: Query::parse(parts.uri.query().unwrap_or_default().as_bytes()),
        authorization: header("authorization"),
        retailer: header("retailer"),
        content_type: header("content-type"),
        partner: header("partner"),
        body,
    })
}

/// `HEAD` asks what a picture's `GET` would say; the server drops the body.
fn method_of(parts: &axum::http::request::Parts) -> String {
    if parts.method == Method::HEAD && parts.uri.path().starts_with("/_images/") {
        return Method::GET.to_string();
    }
    parts.method.to_string()
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

/// Does the work later, in a task of its own or after another call: the connection is gone by then.
fn process_later(state: &Shared, request: Request, then: Then) {
    match then {
        Then::After(ms) => {
            let state = Arc::clone(state);
            tokio::spawn(async move {
                pause(ms).await;
                let _ = api::answer(&mut state.lock(), &request, VnTime::now());
            });
        }
        Then::AfterCall(method, path, nth) => {
            let postponed = Postponed {
                request,
                method,
                path,
                left: nth.max(1),
            };
            state.lock().postponed.push(postponed);
        }
    }
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
        Action::Redirect { to, status } => {
            let mut refusal = Refusal::with_body(*status, PLAIN, "");
            refusal.location = Some(to.clone());
            refusal
        }
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
    let (mut content_type, mut body) = answer.into_body();
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
                return (cut_after(content_type, body, *per_mille), "cutAfter".into())
            }
            Action::SlowBody { ms, pieces } => {
                return counted(slow(content_type, body, *ms, *pieces))
            }
            Action::BadJson => {
                body.truncate(half(&body));
                return counted(respond(200, content_type, body.into()));
            }
            Action::WrongType { content_type: told } => content_type = told,
            Action::TooLarge { bytes } => body.resize(body.len().saturating_add(*bytes), 0),
            _ => {}
        }
    }
    counted(respond(200, content_type, body.into()))
}

/// The middle of a body, never inside a letter.
fn half(body: &[u8]) -> usize {
    let middle = body.len() / 2;
    let is_start = |at: &usize| body.get(*at).is_none_or(|byte| byte & 0xC0 != 0x80);
    (middle..body.len()).find(is_start).unwrap_or(middle)
}

fn counted(response: Response<Body>) -> (Response<Body>, String) {
    let status = response.status().as_u16().to_string();
    (response, status)
}

async fn pause(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}

/// A response with a type. KiotViet's 420 is no registered status but a legal number.
fn respond(status: u16, content_type: &str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Ok(value) = HeaderValue::from_str(content_type) {
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
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
    let location = refusal.location.as_deref();
    if let Some(value) = location.and_then(|to| HeaderValue::from_str(to).ok()) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

fn cut() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(CutConnection);
    response
}

/// Announces the whole length, sends a part, then the stream fails and the connection closes.
fn cut_after(content_type: &str, body: Vec<u8>, per_mille: u32) -> Response<Body> {
    let length = body.len();
    let sent = length * usize::try_from(per_mille.min(999)).unwrap_or(0) / 1000;
    let start = Bytes::from(body).slice(..sent);
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
    let mut response = respond(200, content_type, Body::from_stream(parts));
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    response
}

fn slow(content_type: &str, body: Vec<u8>, ms: u64, pieces: u32) -> Response<Body> {
    let pieces = usize::try_from(pieces.max(1)).unwrap_or(1);
    let step = body.len().div_ceil(pieces).max(1);
    let wait = ms / u64::try_from(pieces).unwrap_or(1);
    let length = body.len();
    let parts = stream::unfold(Bytes::from(body), move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        pause(wait).await;
        let piece = rest.split_to(step.min(rest.len()));
        Some((Ok::<Bytes, Infallible>(piece), rest))
    });
    let mut response = respond(200, content_type, Body::from_stream(parts));
    response
        .headers_mut()
        .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    response
}
