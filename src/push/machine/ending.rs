//! How a row ends, and the push as a whole.

use super::Pusher;
use crate::model::{Good, Param, Severity};
use crate::pos::{issue, owned};
use crate::push::protocol::{PushEnded, PushOutcome, PushResult};
use crate::text::integer;

/// The first pause before a failed push is tried again; it doubles each time.
const RETRY: i64 = 600_000;
/// So often a push that fails is tried again by itself.
const RETRIES: i64 = 8;

impl Pusher<'_> {
    pub(super) fn refuse(&mut self, code: &str, values: Vec<Param>) {
        self.result(PushOutcome::Refused, code, values, None);
    }

    /// The row's end.
    pub(super) fn result(
        &mut self,
        outcome: PushOutcome,
        code: &str,
        values: Vec<Param>,
        good: Option<&Good>,
    ) {
        let row = self.state.row;
        self.state.results.retain(|done| done.shop_id != row);
        self.state.results.push(PushResult {
            shop_id: row,
            outcome,
            code: owned(code),
            params: values,
            remote_id: good.map(|good| good.id.clone()).unwrap_or_default(),
            pos_code: good.map(|good| good.code.clone()).unwrap_or_default(),
        });
    }

    /// Not now: tried again later, in the end left to a person.
    pub(super) fn fail(&mut self, code: &str, values: Vec<Param>) {
        let again = self.tries < RETRIES;
        let mut pause = RETRY;
        for _ in 0..self.tries.clamp(0, 6) {
            pause = pause.saturating_mul(2);
        }
        self.finish(PushEnded {
            outcome: if again {
                PushOutcome::Failed
            } else {
                PushOutcome::Refused
            },
            code: owned(code),
            params: values,
            retry_at: again.then(|| self.now.saturating_add(pause)),
        });
    }

    /// Every row has ended.
    pub(super) fn end(&mut self) {
        let mut ended = PushEnded::default();
        for done in &self.state.results {
            if done.outcome > ended.outcome {
                ended.outcome = done.outcome;
                ended.code.clone_from(&done.code);
                ended.params.clone_from(&done.params);
            }
        }
        self.finish(ended);
    }

    fn finish(&mut self, ended: PushEnded) {
        self.state.out = None;
        self.state.wait_until = None;
        self.state.ended = Some(ended);
        let product = &self.view.context.product.product;
        for done in &self.state.results {
            if done.outcome != PushOutcome::Refused {
                continue;
            }
            let id = integer(product.id);
            let row = self.view.row(done.shop_id);
            let label = crate::push::label(row.map_or(product, |row| &row.product), &product.name);
            let item = ("product", Some(id.as_str()), label.as_str());
            let said = issue(&done.code, Severity::Review, item, done.params.clone());
            self.told.issues.push(said);
        }
    }
}
