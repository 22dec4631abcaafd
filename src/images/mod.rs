//! Images of goods (product.md B11): what is fetched, what a product shows, and what is left alone.
//!
//! The shell asks [`plan_images`], fetches what it is told to, asks again with what it then knows,
//! and writes what it is told to. An image is known by its address and by its content: an address
//! that is known is not fetched again unless its good changed since, and then only asked whether it
//! changed. A fetch that fails never takes away an image that is there.
//!
//! | policy | created here, shows none | taken over | written before |
//! |---|---|---|---|
//! | always | write | write | write when either side changed |
//! | on-create | write | keep | keep; review when both sides changed |
//! | never, site-owns | nothing | keep | keep |
//!
//! A good without images in the POS erases nothing.

mod known;
mod shown;

pub use known::{Known, Refusal};

use crate::goods::policy::{decide, Decision, Mode, Nature};
use crate::model::{is_false, is_zero, Instant, Issue, Item, LinkField, LinkKind, Param, Severity};
use crate::settings::{Policy, Settings};
use serde::{Deserialize, Serialize};

/// What a product shows, as attachment ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Shown {
    /// The main image; 0 for none.
    pub main: i64,
    /// The gallery, in order; empty for a variation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gallery: Vec<i64>,
}

/// What was last written, to tell who changed what (B5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The POS's addresses then.
    pub urls: Vec<String>,
    /// What the POS's addresses stood for, and what the product showed after saving.
    pub shown: Shown,
    /// Some could not be had yet: as long as nobody touches them, they still belong to the creation.
    #[serde(default, skip_serializing_if = "is_false")]
    pub partial: bool,
}

/// One row's addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageRow {
    /// The row's id.
    pub id: String,
    /// Its images' addresses, first one first.
    #[serde(default)]
    pub images: Vec<String>,
    /// When the POS last changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Instant>,
}

/// One linked product or variation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageProduct {
    /// Whether it is a good's or a whole family's.
    pub kind: LinkKind,
    /// The link's remote id.
    pub remote_id: String,
    /// The SKU and name, for messages.
    pub label: String,
    /// A variation shows one image only.
    #[serde(default, skip_serializing_if = "is_false")]
    pub variation: bool,
    /// Dongbo made it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub created_here: bool,
    /// The good's row, or the family's rows in the order of their ids.
    pub rows: Vec<ImageRow>,
    /// What it shows now.
    pub shop: Shown,
    /// What was last written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Written>,
}

/// What [`plan_images`] is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImagesInput {
    /// The shop's settings.
    pub settings: Settings,
    /// The instant.
    pub now: Instant,
    /// The products to look at.
    pub products: Vec<ImageProduct>,
    /// What is known of the addresses of their rows.
    #[serde(default)]
    pub known: Vec<Known>,
}

/// An address to fetch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetch {
    /// The address.
    pub url: String,
    /// It was fetched before: ask only whether it has changed since.
    #[serde(default, skip_serializing_if = "is_false")]
    pub again: bool,
    /// When the POS last changed the good: what is found counts as found no earlier, whatever the
    /// site's clock says.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub changed: Instant,
}

/// What becomes of one product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImagesPlan {
    /// The link's kind.
    pub kind: LinkKind,
    /// The link's remote id.
    pub remote_id: String,
    /// To be fetched first; then ask again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fetch: Vec<Fetch>,
    /// To be written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub write: Option<Shown>,
    /// To be remembered as last written, after the writing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remember: Option<Written>,
    /// When to look again at a fetch that failed; absent when only a change does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Instant>,
    /// Why: a code of `src/words.json`.
    pub reason: String,
    /// What is not in step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
}

/// What becomes of each product, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImagesPlans {
    /// One for each product.
    pub products: Vec<ImagesPlan>,
    /// The bytes an image may have.
    pub largest: i64,
}

/// Plans the images of products.
#[must_use]
pub fn plan_images(input: ImagesInput) -> ImagesPlans {
    let products = input
        .products
        .iter()
        .map(|product| plan_one(product, &input))
        .collect();
    ImagesPlans {
        products,
        largest: input
            .settings
            .images
            .megabytes
            .max(0)
            .saturating_mul(1 << 20),
    }
}

fn plan_one(product: &ImageProduct, input: &ImagesInput) -> ImagesPlan {
    let mut plan = ImagesPlan {
        kind: product.kind,
        remote_id: product.remote_id.clone(),
        fetch: Vec::new(),
        write: None,
        remember: None,
        next: None,
        reason: "images-off".into(),
        issues: Vec::new(),
    };
    if !input.settings.images.on {
        return plan;
    }
    let row = shown::row(product);
    let urls = shown::urls(product, row);
    if urls.is_empty() {
        plan.reason = "images-none".into();
        return plan;
    }
    let policy = input.settings.policies.images;
    let mode = mode(product);
    if policy == Policy::Always
        || (matches!(mode, Mode::Create | Mode::Resume) && policy == Policy::OnCreate)
    {
        let changed = row.and_then(|row| row.modified);
        for url in &urls {
            known::look(url, changed, product, input, &mut plan);
        }
        if !plan.fetch.is_empty() {
            plan.reason = "images-fetch".into();
            return plan;
        }
    }
    settle(product, mode, policy, urls, &input.known, &mut plan);
    plan
}

/// A product made here that shows nothing yet is as good as new: its images come after it.
fn mode(product: &ImageProduct) -> Mode {
    match &product.last {
        Some(last) if last.partial && last.shown == product.shop => Mode::Resume,
        Some(_) => Mode::Update,
        None if product.created_here && product.shop == Shown::default() => Mode::Create,
        None => Mode::Link,
    }
}

fn settle(
    product: &ImageProduct,
    mode: Mode,
    policy: Policy,
    urls: Vec<String>,
    known: &[Known],
    plan: &mut ImagesPlan,
) {
    let wanted = shown::wanted(product, &urls, known);
    let last = product.last.as_ref().map(|last| LinkField {
        field: "images".into(),
        pos: shown::pos_text(&last.urls, &last.shown),
        shop: shown::text(&last.shown),
    });
    let pos = match (&wanted, &product.last) {
        (Some(wanted), _) => shown::pos_text(&urls, wanted),
        // Not looked at: only the addresses tell whether the POS changed.
        (None, Some(last)) => shown::pos_text(&urls, &last.shown),
        (None, None) => shown::pos_text(&urls, &Shown::default()),
    };
    let equal = wanted.as_ref() == Some(&product.shop);
    let shop = shown::text(&product.shop);
    let decision = decide(
        mode,
        policy,
        Nature::Plain,
        last.as_ref(),
        &pos,
        &shop,
        equal,
    );
    plan.reason = match decision {
        Decision::InStep => "in-step",
        Decision::Baseline => "baseline",
        Decision::Write => "images-written",
        Decision::Keep | Decision::Drift => "images-kept",
        Decision::Push => "images-site-owns",
        Decision::Review => "images-review",
    }
    .into();
    match (decision, wanted) {
        (Decision::Baseline | Decision::Write, Some(shown)) => {
            if shown != product.shop {
                plan.write = Some(shown.clone());
            }
            plan.remember = Some(Written {
                urls,
                shown,
                partial: mode != Mode::Update && plan.next.is_some(),
            });
        }
        (Decision::Write, None) => plan.reason = "images-failed".into(),
        (Decision::Review, _) => plan
            .issues
            .push(issue(product, "images-review", Vec::new())),
        _ => {}
    }
}

fn issue(product: &ImageProduct, code: &str, params: Vec<Param>) -> Issue {
    let kind = match product.kind {
        LinkKind::Good => "good",
        LinkKind::Family => "family",
    };
    Issue {
        code: code.into(),
        params,
        item: Item {
            kind: kind.into(),
            id: Some(product.remote_id.clone()),
            label: product.label.clone(),
        },
        severity: Severity::Review,
    }
}
