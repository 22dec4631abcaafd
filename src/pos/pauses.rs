//! How long to wait before a call is made again: longer each time, and never all shops in one second.

/// Pauses before a repetition, in milliseconds.
pub struct Pauses {
    /// Before the first repetition.
    pub first: i64,
    /// The most a pause grows to before it is spread.
    pub longest: i64,
}

impl Pauses {
    /// The pause before repetition `times`, counted from 1: twice as long each time.
    pub fn grown(&self, times: i64) -> i64 {
        let mut pause = self.first;
        for _ in 1..times.min(16) {
            pause = pause.saturating_mul(2).min(self.longest);
        }
        pause
    }

    /// [`Pauses::grown`], then [`spread`].
    pub fn before(&self, times: i64, share: i64) -> i64 {
        spread(self.grown(times), share)
    }
}

/// A time of `time` milliseconds moved by up to half to either side; `share` is 0 to 1000, of the shell's chance.
pub fn spread(time: i64, share: i64) -> i64 {
    let share = share.saturating_add(500);
    time.saturating_mul(share).checked_div(1000).unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::{spread, Pauses};

    #[test]
    fn pauses_double_up_to_the_longest_and_are_spread_by_half() {
        let pauses = Pauses {
            first: 2_000,
            longest: 9_000,
        };
        let middle: Vec<i64> = (1..=5).map(|times| pauses.before(times, 500)).collect();
        assert_eq!(middle, [2_000, 4_000, 8_000, 9_000, 9_000]);
        assert_eq!((spread(2_000, 0), spread(2_000, 1000)), (1_000, 3_000));
        assert_eq!(pauses.before(i64::MAX, 500), 9_000);
    }
}
