//! 5,000 GET requests an hour (§1.4, UNSURE-3).

use std::collections::VecDeque;

use crate::switches::Switches;
use crate::time::VnTime;
use crate::wire::Refusal;

const HOUR: i64 = 3_600;

/// GET calls of the last hour.
pub struct RateLimit {
    /// Calls allowed an hour; 0 = no limit.
    pub per_hour: usize,
    sliding: VecDeque<i64>,
    fixed: (i64, usize),
}

impl RateLimit {
    /// A fresh window.
    pub fn new(per_hour: usize) -> Self {
        Self {
            per_hour,
            sliding: VecDeque::new(),
            fixed: (0, 0),
        }
    }

    /// Forgets the calls made so far.
    pub fn reset(&mut self) {
        *self = Self::new(self.per_hour);
    }

    /// Counts one GET, or refuses it.
    ///
    /// # Errors
    /// The answer UNSURE-3 asks for when the hour is used up.
    pub fn admit(&mut self, now: VnTime, switches: &Switches) -> Result<(), Refusal> {
        if self.per_hour == 0 {
            return Ok(());
        }
        let second = now.unix_seconds();
        while self
            .sliding
            .front()
            .is_some_and(|call| *call <= second - HOUR)
        {
            self.sliding.pop_front();
        }
        let hour = second.div_euclid(HOUR);
        if self.fixed.0 != hour {
            self.fixed = (hour, 0);
        }
        let used = if switches.reading(3) == 'B' {
            self.fixed.1
        } else {
            self.sliding.len()
        };
        if used >= self.per_hour {
            let oldest = self.sliding.front().copied().unwrap_or(second);
            return Err(too_many(switches, Some(oldest + HOUR - second)));
        }
        self.sliding.push_back(second);
        self.fixed.1 += 1;
        Ok(())
    }
}

/// The rate-limit answer by UNSURE-3; `wait` in seconds goes into `Retry-After` where that reading has one.
pub fn too_many(switches: &Switches, wait: Option<i64>) -> Refusal {
    let message = "Vượt quá số lượng yêu cầu cho phép trong một giờ";
    match switches.reading(3) {
        'B' => Refusal::with_body(429, crate::wire::PLAIN, "Too many requests"),
        'C' => Refusal::business("KvException", message),
        _ => {
            let mut refusal = Refusal::new(429, "TooManyRequestsException", message);
            refusal.retry_after = wait.map(|seconds| seconds.max(1).to_string());
            refusal
        }
    }
}
