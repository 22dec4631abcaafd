//! One attempt over HTTP, to this machine only.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{header, Request, Uri};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// What an attempt met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An answer.
    Status(u16),
    /// None in time.
    Timeout,
    /// No connection, or one that broke.
    Unreachable(String),
    /// An address this server does not send to.
    Refused(String),
}

impl Outcome {
    /// As the journal shows it.
    pub fn text(&self) -> String {
        match self {
            Self::Status(status) => status.to_string(),
            Self::Timeout => "timeout".into(),
            Self::Unreachable(cause) => format!("unreachable: {cause}"),
            Self::Refused(cause) => format!("refused: {cause}"),
        }
    }
}

/// Sends a body and waits for the whole answer, at most `limit` altogether.
pub async fn post(url: &str, body: String, signature: Option<&str>, limit: Duration) -> Outcome {
    let target = match Target::read(url) {
        Ok(target) => target,
        Err(cause) => return Outcome::Refused(cause),
    };
    match tokio::time::timeout(limit, exchange(&target, body, signature)).await {
        Ok(Ok(status)) => Outcome::Status(status),
        Ok(Err(cause)) => Outcome::Unreachable(cause),
        Err(_) => Outcome::Timeout,
    }
}

/// Where to connect and what to ask for there.
struct Target {
    addresses: Vec<SocketAddr>,
    host: String,
    path: String,
}

impl Target {
    fn read(url: &str) -> Result<Self, String> {
        let uri: Uri = url
            .parse()
            .map_err(|error| format!("{url} is no address: {error}"))?;
        if uri.scheme_str() != Some("http") {
            return Err(format!("{url}: the simulator speaks http only"));
        }
        let authority = uri.authority().ok_or_else(|| format!("{url}: no host"))?;
        let port = authority.port_u16().unwrap_or(80);
        let name = authority.host().trim_matches(['[', ']']);
        let addresses: Vec<IpAddr> = if name.eq_ignore_ascii_case("localhost") {
            vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
        } else {
            name.parse().into_iter().collect()
        };
        if addresses.is_empty() || !addresses.iter().all(IpAddr::is_loopback) {
            return Err(format!(
                "{url} is not on this machine; the simulator sends to 127.0.0.1, [::1] and localhost only"
            ));
        }
        Ok(Self {
            addresses: addresses
                .into_iter()
                .map(|address| SocketAddr::new(address, port))
                .collect(),
            host: authority.to_string(),
            path: uri
                .path_and_query()
                .map_or_else(|| "/".to_owned(), ToString::to_string),
        })
    }
}

async fn exchange(target: &Target, body: String, signature: Option<&str>) -> Result<u16, String> {
    let stream = TcpStream::connect(target.addresses.as_slice())
        .await
        .map_err(|error| error.to_string())?;
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| error.to_string())?;
    let mut request = Request::post(&target.path)
        .header(header::HOST, &target.host)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONNECTION, "close");
    if let Some(signature) = signature {
        request = request.header("X-Hub-Signature", signature);
    }
    let request = request
        .body(Full::new(Bytes::from(body)))
        .map_err(|error| error.to_string())?;
    let answer = async {
        let response = sender.send_request(request).await?;
        let status = response.status().as_u16();
        // Read to the end: a receiver in PHP may be stopped when its client goes.
        let mut body = response.into_body();
        while let Some(frame) = body.frame().await {
            frame?;
        }
        Ok::<u16, hyper::Error>(status)
    };
    tokio::pin!(answer, connection);
    let status = tokio::select! {
        done = &mut answer => done,
        ended = &mut connection => match ended {
            Ok(()) => answer.await,
            Err(error) => Err(error),
        },
    };
    status.map_err(|error| error.to_string())
}
