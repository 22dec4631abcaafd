//! Which webhooks this site registers, and what to do when the POS's list is not as it should be
//! (product.md I3, kiotviet-api.md §9).
//!
//! | the list shows | what is done |
//! |---|---|
//! | this site's, active | nothing; when it has been silent although a poll found changes, it is made anew |
//! | this site's, stopped, at an old address, twice, or no longer wanted | unregistered |
//! | none of the type | registered |
//! | another application's only | registered when both can stand beside each other, else left alone |
//! | another application's where this site's was | displaced: left alone, polls do the work |
//!
//! Whether two can stand beside each other is not documented [UNSURE-41]. It is tried with a second
//! registration of this site's own, of a type that nobody else has: so nobody is ever evicted.

use crate::model::{Instant, Issue, Severity};
use crate::pos::{issue, owned, params};
use crate::settings::{Direction, Settings};
use serde::{Deserialize, Serialize};

/// What this site hears of: each type, the direction that wants it (A5), and the list in which a
/// poll would find what it should have told.
const TYPES: [(&str, Wants, &str); 15] = [
    ("product.update", Wants::Goods, "goods"),
    ("product.delete", Wants::Goods, ""),
    ("stock.update", Wants::Stock, "stocks"),
    ("pricebook.update", Wants::Prices, "books"),
    ("pricebook.delete", Wants::Prices, ""),
    ("pricebookdetail.update", Wants::Prices, "prices"),
    ("pricebookdetail.delete", Wants::Prices, ""),
    ("category.update", Wants::Categories, "categories"),
    ("category.delete", Wants::Categories, ""),
    ("branch.update", Wants::Stock, "branches"),
    ("branch.delete", Wants::Stock, ""),
    ("order.update", Wants::Orders, "orders"),
    ("invoice.update", Wants::Orders, "invoices"),
    ("customer.update", Wants::Customers, "customers"),
    ("customer.delete", Wants::Customers, ""),
];

/// A poll that found something so long after the last notification of it means silence.
const SILENCE: i64 = 3_600_000;

#[derive(Clone, Copy)]
enum Wants {
    Goods,
    Categories,
    Prices,
    Stock,
    Orders,
    Customers,
}

/// A registration as the POS lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The POS's id.
    pub id: String,
    /// `stock.update` …
    #[serde(rename = "type")]
    pub kind: String,
    /// Where it is delivered to.
    pub url: String,
    /// It is delivered at all.
    pub active: bool,
}

/// What this site knows of a type of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnWebhook {
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// It was registered, as far as is known.
    pub on: bool,
    /// When it was registered or last heard.
    pub heard: Instant,
    /// The POS refused it just now.
    pub refused: bool,
}

/// A change that a poll found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListChange {
    /// `goods`, `stocks`, `prices` …
    pub list: String,
    /// When.
    pub at: Instant,
}

/// What [`plan_webhooks`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WebhooksInput {
    /// The shop's settings.
    pub settings: Settings,
    /// What every address of this site's webhooks begins with, those of earlier keys too.
    pub base: String,
    /// What they begin with now; type and key follow.
    pub address: String,
    /// The end of each address, which nobody else knows.
    pub key: String,
    /// The POS's list.
    pub listed: Vec<Registration>,
    /// What is known of the types.
    pub own: Vec<OwnWebhook>,
    /// When a poll last found a change in a list.
    pub changes: Vec<ListChange>,
    /// Two of one type can stand beside each other; absent while nobody knows.
    pub beside: Option<bool>,
    /// [`WebhooksPlan::probe`] was refused just now.
    pub probe_refused: bool,
}

/// An address to register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registering {
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The address.
    pub url: String,
}

/// How it stands with a type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookState {
    /// The type.
    #[serde(rename = "type")]
    pub kind: String,
    /// `on`, `new` (is being registered), `refused`, `displaced` (another application's took its
    /// place), `held` (another application's is there and two may not stand side by side).
    pub state: String,
    /// Its id at the POS, when it is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// What to do. After doing it the list is read and planned again; when nothing is left to do it is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhooksPlan {
    /// Registrations of this site to take away, by id.
    pub unregister: Vec<String>,
    /// Addresses to register.
    pub register: Vec<Registering>,
    /// Register this too, to find out whether two can stand beside each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probe: Option<Registering>,
    /// What is known now about two beside each other, to be kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<bool>,
    /// How it stands with each wanted type.
    pub states: Vec<WebhookState>,
    /// What to tell people.
    pub issues: Vec<Issue>,
}

/// Compares the POS's list with what this site wants to hear.
#[must_use]
pub fn plan_webhooks(input: WebhooksInput) -> WebhooksPlan {
    let mut plan = WebhooksPlan {
        beside: seen_beside(&input)
            .or(input.probe_refused.then_some(false))
            .or(input.beside),
        ..WebhooksPlan::default()
    };
    for (kind, wants, list) in TYPES {
        if wanted(wants, &input.settings) {
            one(&input, kind, list, &mut plan);
        }
    }
    let unknown = plan.beside.is_none() && plan.states.iter().any(|state| state.state == "held");
    if unknown && plan.register.is_empty() {
        plan.probe = probe(&input, &plan);
    }
    let kept: Vec<&str> = plan
        .states
        .iter()
        .filter_map(|state| state.id.as_deref())
        .collect();
    let own = input.listed.iter().filter(|row| of_this_site(&input, row));
    let old = own.filter(|row| !kept.contains(&row.id.as_str()));
    plan.unregister = old.map(|row| owned(&row.id)).collect();
    plan
}

/// One type.
fn one(input: &WebhooksInput, kind: &str, list: &str, plan: &mut WebhooksPlan) {
    let known = input.own.iter().find(|own| own.kind == kind);
    let mut state = WebhookState {
        kind: owned(kind),
        state: owned("on"),
        id: None,
    };
    let url = address(input, kind);
    let of_type = |row: &&Registration| row.kind.eq_ignore_ascii_case(kind);
    let mine = input
        .listed
        .iter()
        .filter(of_type)
        .find(|row| row.active && row.url == url);
    let others = input.listed.iter().filter(of_type);
    let others = others.filter(|row| !of_this_site(input, row)).count() > 0;
    let silent = known.is_some_and(|own| {
        let late = |change: &ListChange| change.at > own.heard.saturating_add(SILENCE);
        let mut changes = input.changes.iter().filter(|change| change.list == list);
        own.on && changes.any(late)
    });
    let refused = known.is_some_and(|own| own.refused);
    let displaced = known.is_some_and(|own| own.on) && mine.is_none() && others;
    match mine {
        Some(mine) if !silent => state.id = Some(owned(&mine.id)),
        _ if refused => state.state = owned("refused"),
        None if displaced && plan.beside != Some(true) => {
            plan.beside = Some(false);
            state.state = owned("displaced");
        }
        None if others && plan.beside != Some(true) => state.state = owned("held"),
        _ => {
            state.state = owned("new");
            plan.register.push(Registering {
                kind: owned(kind),
                url,
            });
        }
    }
    let code = match state.state.as_str() {
        "refused" => Some(("webhook-refused", Severity::Review)),
        "displaced" => Some(("webhook-displaced", Severity::Review)),
        "held" => Some(("webhook-held", Severity::Review)),
        _ if silent => Some(("webhook-silent", Severity::Notice)),
        _ => None,
    };
    if let Some((code, severity)) = code {
        let item = ("webhook", Some(kind), kind);
        plan.issues
            .push(issue(code, severity, item, params(&[("value", kind)])));
    }
    plan.states.push(state);
}

/// Two of this site's own of one type in the list: they can stand beside each other. A probe that
/// is there without the one it was to stand beside: they cannot.
fn seen_beside(input: &WebhooksInput) -> Option<bool> {
    let probe = input
        .listed
        .iter()
        .find(|row| row.url == probe_address(input, &row.kind))?;
    let url = address(input, &probe.kind);
    let beside = |row: &Registration| row.kind == probe.kind && row.url == url;
    Some(input.listed.iter().any(beside))
}

/// A second registration beside one of this site's own, of a type that nobody else has.
fn probe(input: &WebhooksInput, plan: &WebhooksPlan) -> Option<Registering> {
    let alone = |state: &&WebhookState| {
        let mut others = input.listed.iter().filter(|row| row.kind == state.kind);
        state.id.is_some() && others.all(|row| of_this_site(input, row))
    };
    let state = plan.states.iter().find(alone)?;
    Some(Registering {
        kind: owned(&state.kind),
        url: probe_address(input, &state.kind),
    })
}

fn of_this_site(input: &WebhooksInput, row: &Registration) -> bool {
    !input.base.is_empty() && row.url.starts_with(&input.base)
}

fn address(input: &WebhooksInput, kind: &str) -> String {
    [&input.address, kind, "/", &input.key].concat()
}

fn probe_address(input: &WebhooksInput, kind: &str) -> String {
    [&address(input, kind), "/probe"].concat()
}

/// By hand is no reason to listen: nothing would be done with what is heard (A5, I7).
fn wanted(wants: Wants, settings: &Settings) -> bool {
    let directions = &settings.directions;
    let automatic = |direction| direction == Direction::Automatic;
    settings.automatic
        && match wants {
            Wants::Goods => automatic(directions.goods),
            Wants::Categories => automatic(directions.categories),
            Wants::Prices => automatic(directions.prices),
            Wants::Stock => automatic(directions.stock),
            Wants::Orders => settings.follows_sales(),
            Wants::Customers => settings.follows_customers(),
        }
}
