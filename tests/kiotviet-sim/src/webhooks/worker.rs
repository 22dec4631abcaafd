//! Sends what is due, and decides what an answer means (§9.6).

use std::time::Duration;

use tokio::task::JoinSet;

use super::delivery::{Delivery, Next};
use super::faults::Signing;
use super::send::{post, Outcome};
use super::signature::sign;
use super::Webhooks;
use crate::serve::Shared;
use crate::state::State;
use crate::switches::Switches;
use crate::time::VnTime;

/// Answers after which KiotViet stops sending (§9.6).
const STOPPING: &[u16] = &[400, 401, 403, 404, 405];

/// Runs as long as the server.
pub async fn run(state: Shared) {
    let wake = state.lock().webhooks.wake.clone();
    let mut sending = JoinSet::new();
    loop {
        let next = {
            let mut state = state.lock();
            let State {
                webhooks, switches, ..
            } = &mut *state;
            webhooks.next_job(VnTime::now(), switches)
        };
        let until = match next {
            Job::Send(attempt) => {
                sending.spawn(try_once(Shared::clone(&state), attempt));
                continue;
            }
            Job::Wait(until) => until,
        };
        let due = async {
            match until {
                Some(until) => tokio::time::sleep(until).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = wake.notified() => {}
            Some(_) = sending.join_next() => {}
            () = due => {}
        }
    }
}

enum Job {
    Send(Box<Attempt>),
    Wait(Option<Duration>),
}

/// An attempt ready to go out.
struct Attempt {
    delivery: Delivery,
    body: String,
    signature: Option<String>,
    limit: Duration,
}

async fn try_once(state: Shared, attempt: Box<Attempt>) {
    let outcome = post(
        &attempt.delivery.url,
        attempt.body,
        attempt.signature.as_deref(),
        attempt.limit,
    )
    .await;
    let mut state = state.lock();
    let State {
        webhooks, switches, ..
    } = &mut *state;
    webhooks.ended(
        attempt.delivery,
        attempt.signature,
        &outcome,
        switches,
        VnTime::now(),
    );
}

impl Webhooks {
    fn next_job(&mut self, now: VnTime, switches: &Switches) -> Job {
        if self.under_way >= self.options.parallel {
            return Job::Wait(None);
        }
        let delivery = match self.queue.next(now, self.options.hold) {
            Next::Send(delivery) => *delivery,
            Next::Wait(until) => return Job::Wait(until.map(|until| until.since(now))),
        };
        self.under_way += 1;
        let body = delivery.content.body(&delivery.id, delivery.attempt);
        Job::Send(Box::new(Attempt {
            signature: signature(&delivery, &body, switches),
            limit: Duration::from_millis(self.options.timeout_ms),
            body,
            delivery,
        }))
    }

    /// Books an attempt and sees to what follows from it.
    fn ended(
        &mut self,
        delivery: Delivery,
        signature: Option<String>,
        outcome: &Outcome,
        switches: &Switches,
        now: VnTime,
    ) {
        self.under_way = self.under_way.saturating_sub(1);
        self.journal
            .write(&delivery, signature, &outcome.text(), now);
        if !matches!(outcome, Outcome::Refused(_)) {
            self.journal.count("sent", 1);
        }
        match outcome {
            Outcome::Status(200..=299) => self.journal.count("delivered", 1),
            Outcome::Status(status) if STOPPING.contains(status) => {
                self.journal.count("stopped", 1);
                if self.registry.stop(delivery.webhook_id, switches, now) {
                    let dropped = self.queue.drop_for(delivery.webhook_id);
                    self.journal.count("dropped", dropped);
                }
            }
            Outcome::Refused(_) => self.journal.count("refused", 1),
            _ => self.again(delivery, switches, now),
        }
        self.progress.send_modify(|ended| *ended += 1);
    }

    /// A further attempt with the same `Id` (UNSURE-49), unless the registration has gone.
    fn again(&mut self, mut delivery: Delivery, switches: &Switches, now: VnTime) {
        let attempts = match switches.reading(49) {
            'B' => 1,
            'C' => 5,
            _ => 3,
        };
        if self.registry.find(delivery.webhook_id).is_none() {
            return self.journal.count("dropped", 1);
        }
        if delivery.attempt >= attempts {
            return self.journal.count("gaveUp", 1);
        }
        self.journal.count("retried", 1);
        delivery.attempt += 1;
        delivery.due = now.plus_millis(self.options.delay_before(delivery.attempt));
        delivery.hurried = self.rush;
        self.queue.push_behind(delivery);
    }
}

fn signature(delivery: &Delivery, body: &str, switches: &Switches) -> Option<String> {
    let secret = delivery.secret.as_deref()?;
    let reading = switches.reading(47);
    match delivery.signing {
        Signing::Right => Some(sign(reading, secret, body.as_bytes())),
        Signing::Wrong => Some(sign(reading, &format!("not {secret}"), body.as_bytes())),
        Signing::Missing => None,
    }
}
