//! A server in this process and a client for it.

use std::sync::mpsc;
use std::sync::Arc;
use std::time::Duration;

use kiotviet_sim::catalogue::Catalogue;
use kiotviet_sim::rate_limit::RateLimit;
use kiotviet_sim::server::Server;
use kiotviet_sim::state::State;
use kiotviet_sim::switches::Switches;
use parking_lot::Mutex;
use serde_json::{json, Value};
use tokio::sync::watch;

/// A running server; stops when dropped.
pub struct Sim {
    pub base: String,
    stop: watch::Sender<bool>,
    agent: ureq::Agent,
    token: String,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub text: String,
    pub content_type: String,
    pub retry_after: Option<String>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn error_code(&self) -> String {
        self.json()["responseStatus"]["errorCode"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub fn message(&self) -> String {
        self.json()["responseStatus"]["message"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }
}

impl Sim {
    /// A server over a catalogue file's content.
    pub fn with(catalogue: Value) -> Self {
        Self::with_switches(catalogue, &[])
    }

    /// A server with some switches set.
    pub fn with_switches(catalogue: Value, switches: &[&str]) -> Self {
        Self::start(catalogue, switches, 0, 86_400)
    }

    pub fn start(catalogue: Value, switches: &[&str], per_hour: usize, token_ttl: i64) -> Self {
        let catalogue = Catalogue::from_json(&catalogue.to_string()).unwrap();
        let mut set = Switches::default();
        for switch in switches {
            set.set_text(switch).unwrap();
        }
        let state = Arc::new(Mutex::new(State::new(
            catalogue,
            set,
            RateLimit::new(per_hour),
            token_ttl,
        )));
        let (ready, started) = mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let server = Server::bind(([127, 0, 0, 1], 0).into(), state)
                    .await
                    .unwrap();
                ready
                    .send((server.address().unwrap(), server.stopper()))
                    .unwrap();
                server.run().await.unwrap();
            });
        });
        let (address, stop) = started.recv().unwrap();
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .build()
            .into();
        let mut sim = Self {
            base: format!("http://{address}"),
            stop,
            agent,
            token: String::new(),
        };
        sim.log_in();
        sim
    }

    /// A fresh token for the calls that follow.
    pub fn log_in(&mut self) {
        let reply = self.token_request("dongbo-test-client", "dongbo-test-secret");
        assert_eq!(reply.status, 200, "{}", reply.text);
        self.token = reply.json()["access_token"].as_str().unwrap().to_owned();
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    pub fn token_request(&self, id: &str, secret: &str) -> Reply {
        let form = [
            ("scopes", "PublicApi.Access"),
            ("grant_type", "client_credentials"),
            ("client_id", id),
            ("client_secret", secret),
        ];
        self.token_form(&form)
    }

    pub fn token_form(&self, form: &[(&str, &str)]) -> Reply {
        let url = format!("{}/connect/token", self.base);
        reply(self.agent.post(&url).send_form(form.iter().copied())).unwrap()
    }

    /// A GET with token and shop code.
    pub fn get(&self, path: &str) -> Reply {
        self.try_get(path).unwrap()
    }

    /// The same where the connection may break.
    pub fn try_get(&self, path: &str) -> Result<Reply, ureq::Error> {
        self.get_as(path, &format!("Bearer {}", self.token), "dongbotest")
    }

    pub fn get_as(
        &self,
        path: &str,
        authorization: &str,
        retailer: &str,
    ) -> Result<Reply, ureq::Error> {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        if !authorization.is_empty() {
            request = request.header("Authorization", authorization);
        }
        if !retailer.is_empty() {
            request = request.header("Retailer", retailer);
        }
        reply(request.call())
    }

    /// A POST to the API with token and shop code.
    pub fn post_api(&self, path: &str, body: &Value) -> Reply {
        self.try_post_api(path, body).unwrap()
    }

    /// The same where the connection may break.
    pub fn try_post_api(&self, path: &str, body: &Value) -> Result<Reply, ureq::Error> {
        self.impatient_post(path, body, 20_000)
    }

    /// A POST that gives up after so many milliseconds.
    pub fn impatient_post(&self, path: &str, body: &Value, ms: u64) -> Result<Reply, ureq::Error> {
        let request = self.agent.post(format!("{}{path}", self.base));
        let request = request
            .config()
            .timeout_global(Some(Duration::from_millis(ms)))
            .build();
        let request = request.header("Authorization", format!("Bearer {}", self.token));
        reply(
            request
                .header("Retailer", "dongbotest")
                .send(body.to_string()),
        )
    }

    /// A DELETE with a body.
    pub fn delete_with(&self, path: &str, body: &Value) -> Reply {
        let request = self.agent.delete(format!("{}{path}", self.base));
        let request = request.header("Authorization", format!("Bearer {}", self.token));
        let request = request.header("Retailer", "dongbotest");
        reply(request.force_send_body().send(body.to_string())).unwrap()
    }

    /// A file without credentials: status, type, content. Redirections are not followed.
    pub fn bytes(&self, path: &str) -> (u16, String, Vec<u8>) {
        let request = self.agent.get(format!("{}{path}", self.base));
        let request = request.config().max_redirects(0).build();
        let mut response = request.call().unwrap();
        let kind = response.headers().get("content-type");
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.to_owned();
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(20_000_000);
        (status, kind, body.read_to_vec().unwrap())
    }

    /// A PUT with token and shop code.
    pub fn put_api(&self, path: &str, body: &Value) -> Reply {
        let request = self.agent.put(format!("{}{path}", self.base));
        let request = request.header("Authorization", format!("Bearer {}", self.token));
        reply(
            request
                .header("Retailer", "dongbotest")
                .send(body.to_string()),
        )
        .unwrap()
    }

    /// A POST of form data with token and shop code.
    pub fn post_form(&self, path: &str, form: &[(&str, &str)]) -> Reply {
        let request = self.agent.post(format!("{}{path}", self.base));
        let request = request.header("Authorization", format!("Bearer {}", self.token));
        let request = request.header("Retailer", "dongbotest");
        reply(request.send_form(form.iter().copied())).unwrap()
    }

    /// A DELETE with token and shop code.
    pub fn delete(&self, path: &str) -> Reply {
        let request = self.agent.delete(format!("{}{path}", self.base));
        let request = request.header("Authorization", format!("Bearer {}", self.token));
        reply(request.header("Retailer", "dongbotest").call()).unwrap()
    }

    /// A GET that gives up after so many milliseconds.
    pub fn impatient_get(&self, path: &str, ms: u64) -> Result<Reply, ureq::Error> {
        let request = self.agent.get(format!("{}{path}", self.base));
        let request = request
            .config()
            .timeout_global(Some(Duration::from_millis(ms)))
            .build();
        let request = request.header("Authorization", format!("Bearer {}", self.token));
        reply(request.header("Retailer", "dongbotest").call())
    }

    /// The rows of a list; a missing `data` is no rows.
    pub fn rows(&self, path: &str) -> Vec<Value> {
        let reply = self.get(path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.text);
        reply.json()["data"].as_array().cloned().unwrap_or_default()
    }

    /// One product row of the list by code.
    pub fn product(&self, code: &str, flags: &str) -> Value {
        let rows = self.rows(&format!("/products?pageSize=100{flags}"));
        rows.into_iter()
            .find(|row| row["code"] == code)
            .unwrap_or_else(|| panic!("no {code}"))
    }

    pub fn control(&self, path: &str) -> Value {
        reply(self.agent.get(format!("{}/_sim/{path}", self.base)).call())
            .unwrap()
            .json()
    }

    pub fn try_post(&self, path: &str, body: &Value) -> Reply {
        let url = format!("{}/_sim/{path}", self.base);
        reply(self.agent.post(&url).send(body.to_string())).unwrap()
    }

    pub fn post(&self, path: &str, body: &Value) -> Value {
        let reply = self.try_post(path, body);
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }

    pub fn change(&self, changes: Value) -> Value {
        self.post("change", &json!({ "changes": changes }))
    }

    pub fn fault(&self, rule: Value) {
        self.post("faults", &json!({"rules": [rule]}));
    }

    pub fn switch(&self, number: u16, letter: &str) {
        self.post("switches", &json!({number.to_string(): letter}));
    }

    /// The truth about one product.
    pub fn truth(&self, code: &str) -> Value {
        let truth = self.control("catalogue");
        let products = truth["products"].as_array().unwrap();
        products
            .iter()
            .find(|row| row["code"] == code)
            .unwrap_or_else(|| panic!("no {code}"))
            .clone()
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
    }
}

fn reply(
    result: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<Reply, ureq::Error> {
    let mut response = result?;
    let header = |name: &str| {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let (content_type, retry_after) = (
        header("content-type").unwrap_or_default(),
        header("retry-after"),
    );
    let status = response.status().as_u16();
    let text = response
        .body_mut()
        .with_config()
        .limit(200_000_000)
        .read_to_string()?;
    Ok(Reply {
        status,
        text,
        content_type,
        retry_after,
    })
}

/// Codes of rows, in order.
pub fn codes(rows: &[Value]) -> Vec<&str> {
    rows.iter()
        .map(|row| row["code"].as_str().unwrap_or("?"))
        .collect()
}

/// A shop with `count` plain goods `SP1`, `SP2` …
pub fn goods(count: usize) -> Value {
    let products: Vec<Value> = (1..=count)
        .map(|n| json!({"code": format!("SP{n}"), "name": format!("Hàng {n}"), "basePrice": 1000 * n, "inventories": [{"branchId": 200001, "onHand": n}]}))
        .collect();
    json!({"branches": [{"id": 200001, "branchName": "Kho chính"}], "products": products})
}
