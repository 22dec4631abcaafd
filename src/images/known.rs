//! What is known of an address, and when it is fetched (again).

use super::{issue, Fetch, ImageProduct, ImagesInput, ImagesPlan};
use crate::model::{is_zero, Instant, Param};
use serde::{Deserialize, Serialize};

/// Why an image could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// The address answers with 404 or 410.
    Gone,
    /// The address is none of http(s), or of a private network, by itself or by a redirect.
    Private,
    /// More bytes than the setting allows.
    TooLarge,
    /// The content is none of the image types WordPress allows.
    NotAnImage,
    /// No answer, or one of another status.
    Unreachable,
    /// WordPress could not keep it (disk, rights, memory).
    NotKept,
}

impl Refusal {
    fn code(self) -> &'static str {
        match self {
            Self::Gone => "image-gone",
            Self::Private => "image-private",
            Self::TooLarge => "image-too-large",
            Self::NotAnImage => "image-not-an-image",
            Self::Unreachable => "image-unreachable",
            Self::NotKept => "image-not-kept",
        }
    }

    /// It may go better by itself later; a page in an image's place is often one of maintenance.
    fn passes(self) -> bool {
        matches!(
            self,
            Self::Gone | Self::Unreachable | Self::NotKept | Self::NotAnImage
        )
    }
}

/// An address that was fetched, or tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The address.
    pub url: String,
    /// The attachment that holds it; 0 when there is none (any more).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub attachment: i64,
    /// When it was last fetched or tried.
    pub checked: Instant,
    /// How often in a row it could not be had.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tries: i64,
    /// Why it could not be had the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

/// So often in a row an address is tried without anybody asking.
const TRIES: i64 = 5;
const MINUTE: Instant = 60_000;

/// After a failure: 10 min, 40 min, 160 min, 640 min.
fn next_try(known: &Known) -> Option<Instant> {
    let power = u32::try_from(known.tries.clamp(1, TRIES).saturating_sub(1)).ok()?;
    let pause = 10_i64
        .checked_mul(MINUTE)?
        .checked_mul(4_i64.checked_pow(power)?)?;
    known.checked.checked_add(pause)
}

/// Tells for one address whether it is fetched now, later, or not, and names what stands against it.
pub(super) fn look(
    url: &str,
    changed: Option<Instant>,
    product: &ImageProduct,
    input: &ImagesInput,
    plan: &mut ImagesPlan,
) {
    let fetch = |again| Fetch {
        url: url.into(),
        again,
        changed: changed.unwrap_or(0),
    };
    let Some(known) = input.known.iter().find(|known| known.url == url) else {
        return plan.fetch.push(fetch(false));
    };
    let newer = changed.is_some_and(|changed| changed > known.checked);
    let Some(refusal) = known.refusal else {
        // An attachment deleted by hand has to be fetched whole.
        if known.attachment == 0 || newer {
            plan.fetch.push(fetch(known.attachment != 0));
        }
        return;
    };
    let next = match next_try(known) {
        Some(next) if refusal.passes() && known.tries < TRIES => Some(next),
        _ => None,
    };
    if newer || next.is_some_and(|next| next <= input.now) {
        return plan.fetch.push(fetch(known.attachment != 0));
    }
    plan.next = match (plan.next, next) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    if plan.issues.iter().all(|issue| issue.code != refusal.code()) {
        let params = vec![Param {
            name: "url".into(),
            value: url.into(),
        }];
        plan.issues.push(issue(product, refusal.code(), params));
    }
}
