//! The stopper (product.md D4): how much is too much to be done without asking.

use crate::settings::Settings;

/// So few are never too many.
const LEAST: i64 = 20;

/// Whether `count` of `all` is more than the stopper's share: more than the setting's percent of
/// all, and more than 20.
#[must_use]
pub fn exceeds(count: i64, all: i64, settings: &Settings) -> bool {
    let percent = settings.stopper_percent.clamp(0, 100);
    let (share, limit) = (count.checked_mul(100), all.max(0).checked_mul(percent));
    let (Some(share), Some(limit)) = (share, limit) else {
        return true;
    };
    count > LEAST && share > limit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_twenty_and_more_than_the_share_is_too_much() {
        let settings = Settings::default();
        for (count, all, stops) in [
            (20, 20, false),
            (21, 21, true),
            (21, 105, false),
            (22, 105, true),
            (600, 3000, false),
            (601, 3000, true),
            (i64::MAX, 1, true),
        ] {
            assert_eq!(exceeds(count, all, &settings), stops, "{count} of {all}");
        }
        let never = Settings {
            stopper_percent: 100,
            ..Settings::default()
        };
        assert!(!exceeds(3000, 3000, &never));
    }
}
