//! How deliveries are packed and timed: what KiotViet does not document and a test wants to choose.

use serde::{Deserialize, Serialize};

use super::content::Packing;

/// The knobs of `POST /_sim/webhooks`; absent ones stay.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Options {
    /// Nothing goes by itself, only by `POST /_sim/deliveries/send`.
    pub hold: bool,
    /// How many are under way at once; one keeps the order.
    pub parallel: usize,
    /// Rows of one `Data`.
    pub rows_per_notification: usize,
    /// Entries of `Notifications` of one delivery.
    pub notifications_per_delivery: usize,
    /// How long the receiver may take (§9.6: 5 s).
    pub timeout_ms: u64,
    /// Wait before the second, third … attempt; the last counts for all further ones. Undocumented (UNSURE-49).
    pub retry_delays_ms: Vec<u64>,
    /// `stock.update` of a base row also tells of its further units. Inferred: KiotViet's plugin treats each unit as a
    /// good of its own and hears of its stock by this type only.
    pub unit_stock: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            hold: false,
            parallel: 1,
            rows_per_notification: 50,
            notifications_per_delivery: 1,
            timeout_ms: 5_000,
            retry_delays_ms: vec![10_000, 60_000, 300_000, 900_000],
            unit_stock: true,
        }
    }
}

impl Options {
    /// Refuses what would stop or never end.
    ///
    /// # Errors
    /// A sentence naming the knob.
    pub fn check(&self) -> Result<(), String> {
        for (name, number) in [
            ("parallel", self.parallel),
            ("rowsPerNotification", self.rows_per_notification),
            ("notificationsPerDelivery", self.notifications_per_delivery),
        ] {
            if number == 0 {
                return Err(format!("{name} must be at least 1"));
            }
        }
        Ok(())
    }

    /// How rows are packed.
    pub fn packing(&self) -> Packing {
        Packing {
            rows: self.rows_per_notification,
            notifications: self.notifications_per_delivery,
        }
    }

    /// The wait before an attempt, milliseconds.
    pub fn delay_before(&self, attempt: u32) -> u64 {
        let position = usize::try_from(attempt.saturating_sub(2)).unwrap_or(0);
        let delay = self.retry_delays_ms.get(position);
        delay.or(self.retry_delays_ms.last()).copied().unwrap_or(0)
    }
}
