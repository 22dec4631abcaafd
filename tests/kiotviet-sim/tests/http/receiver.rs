//! A receiver of webhooks: keeps what comes, answers as told.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use serde_json::{json, Value};

use crate::sim::Sim;

/// One request.
#[derive(Clone, Debug)]
pub struct Received {
    pub path: String,
    pub content_type: String,
    pub signature: Option<String>,
    pub body: String,
}

impl Received {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Rows of the first notification.
    pub fn rows(&self) -> Vec<Value> {
        let rows = &self.json()["Notifications"][0]["Data"];
        rows.as_array().unwrap().clone()
    }
}

/// How a request is answered.
#[derive(Clone, Copy)]
pub enum Answer {
    Status(u16),
    /// Takes so long.
    After(Duration),
    /// Closes the connection.
    Cut,
}

#[derive(Default)]
struct Shared {
    received: Vec<Received>,
    answers: VecDeque<Answer>,
}

pub struct Receiver {
    pub port: u16,
    shared: Arc<Mutex<Shared>>,
}

impl Receiver {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Mutex::new(Shared::default()));
        let of_thread = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&of_thread);
                std::thread::spawn(move || serve(stream, &shared));
            }
        });
        Self { port, shared }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The next answers; 200 once they are used up.
    pub fn will(&self, answers: &[Answer]) {
        self.shared.lock().answers.extend(answers);
    }

    pub fn received(&self) -> Vec<Received> {
        self.shared.lock().received.clone()
    }

    pub fn forget(&self) {
        self.shared.lock().received.clear();
    }

    /// Waits until so many have come.
    pub fn wait_for(&self, count: usize) -> Vec<Received> {
        let start = Instant::now();
        loop {
            let received = self.received();
            if received.len() >= count {
                return received;
            }
            assert!(
                start.elapsed() < Duration::from_secs(10),
                "{} of {count} came",
                received.len()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn serve(stream: TcpStream, shared: &Mutex<Shared>) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut length, mut signature, mut content_type) = (0, None, String::new());
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).unwrap();
        let Some((name, value)) = header.trim().split_once(':') else {
            break;
        };
        let value = value.trim();
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap(),
            "content-type" => content_type = value.to_owned(),
            "x-hub-signature" => signature = Some(value.to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let answer = {
        let mut shared = shared.lock();
        shared.received.push(Received {
            path,
            content_type,
            signature,
            body: String::from_utf8(body).unwrap(),
        });
        shared.answers.pop_front().unwrap_or(Answer::Status(200))
    };
    let status = match answer {
        Answer::Status(status) => status,
        Answer::Cut => return,
        Answer::After(wait) => {
            std::thread::sleep(wait);
            200
        }
    };
    let text = format!("HTTP/1.1 {status} X\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
    // The sender may have given up meanwhile.
    let _ = reader.into_inner().write_all(text.as_bytes());
}

impl Sim {
    /// Registers a webhook; answers its id.
    pub fn register(&self, kind: &str, url: &str, secret: Option<&str>) -> i64 {
        let mut webhook = json!({"Type": kind, "Url": url, "IsActive": true, "Description": "thử"});
        if let Some(secret) = secret {
            webhook["Secret"] = json!(secret);
        }
        let reply = self.post_api("/webhooks", &json!({ "Webhook": webhook }));
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()["id"].as_i64().unwrap()
    }

    /// Nothing goes by itself: order and number of deliveries do not hang on the clock.
    pub fn hold(&self) {
        self.post("webhooks", &json!({"hold": true}));
    }

    /// Sends what waits, with all retries.
    pub fn deliver(&self) -> Value {
        self.post("deliveries/send", &json!({}))["counters"].clone()
    }
}
