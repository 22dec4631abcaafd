//! Listens, and lets a fault close a connection without an answer (which axum's own server cannot do).

use std::io;
use std::net::SocketAddr;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt as _;

use crate::control;
use crate::serve::{serve, CutConnection, Shared};
use crate::webhooks;

/// A bound server that has not started to answer yet.
pub struct Server {
    listener: TcpListener,
    state: Shared,
    stop: watch::Sender<bool>,
}

impl Server {
    /// Binds the address; port 0 picks a free one.
    ///
    /// # Errors
    /// When the address cannot be bound.
    pub async fn bind(address: SocketAddr, state: Shared) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let (stop, _) = watch::channel(false);
        state.lock().catalogue.host = format!("http://{}", listener.local_addr()?);
        Ok(Self {
            listener,
            state,
            stop,
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system cannot say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Send `true` to stop it.
    pub fn stopper(&self) -> watch::Sender<bool> {
        self.stop.clone()
    }

    /// Answers until stopped.
    ///
    /// # Errors
    /// When the listener fails for good.
    pub async fn run(self) -> io::Result<()> {
        let mut stopped = self.stop.subscribe();
        let mut background = tokio::task::JoinSet::new();
        background.spawn(webhooks::worker::run(Shared::clone(&self.state)));
        let router = router(self.state, self.stop.clone());
        loop {
            let accepted = tokio::select! {
                accepted = self.listener.accept() => accepted,
                _ = stopped.wait_for(|stop| *stop) => return Ok(()),
            };
            // A single failed accept (connection already gone) is no reason to stop serving.
            let Ok((stream, _)) = accepted else { continue };
            let _ = stream.set_nodelay(true);
            tokio::spawn(connection(stream, router.clone()));
        }
    }
}

fn router(state: Shared, stop: watch::Sender<bool>) -> axum::Router {
    let api = state.clone();
    control::router(state, stop)
        .fallback(move |request: Request<Body>| in_own_task(api.clone(), request))
}

/// As a real service does, a call is finished and counted also when the client has gone.
async fn in_own_task(state: Shared, request: Request<Body>) -> Response<Body> {
    // Dropped with this future when the client gives up: a fault may wait for that.
    let (stays, gone) = watch::channel(());
    let answer = tokio::spawn(serve(state, request, gone)).await;
    drop(stays);
    match answer {
        Ok(response) => response,
        Err(error) => {
            let mut response = Response::new(Body::from(format!("the simulator failed: {error}")));
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            response
        }
    }
}

async fn connection(stream: TcpStream, router: axum::Router) {
    let service = service_fn(move |request: Request<Incoming>| {
        let router = router.clone();
        async move { answer(router, request).await }
    });
    // An error here is a client that went away, or a cut on purpose: both belong to the game.
    let _ = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn answer(
    router: axum::Router,
    request: Request<Incoming>,
) -> Result<Response<Body>, io::Error> {
    let response = match router.oneshot(request.map(Body::new)).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    if response.extensions().get::<CutConnection>().is_some() {
        return Err(io::Error::new(
            io::ErrorKind::ConnectionAborted,
            "cut on purpose",
        ));
    }
    Ok(response)
}
