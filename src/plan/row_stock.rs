//! Stock of one row, as fields (product.md D1, D2, D5).
//!
//! Whether a product manages stock, decided here because D2 leaves it open:
//!
//! | product | stock managed |
//! |---|---|
//! | created by Dongbo | yes, as soon as a number is known; services no |
//! | taken over while stock is *always* the POS's | switched on: that is what the policy asks for |
//! | linked, and switched off on the site later | left off, and named |
//! | linked, a number or *no* remembered, and the POS's kind changed | follows the POS |
//! | any, once it is there, while WooCommerce keeps no stock at all | left as it is, and said once for the shop |
//!
//! Stock is written as a difference. What the POS gained or lost since the last write is put on top
//! of what the site holds now, so a sale on the site that the POS does not know of yet is never
//! undone (D5). Where the shell counts what the site's orders hold, the number is what the shop should
//! hold, and it is written as it is. A change on the site alone is a drift: kept and named (D6).
//!
//! Under any policy but *always* stock is left alone after creation: both sides sell every day, so
//! "both changed" would ask a person about every good.

use super::context::{Family, Shared};
use super::draft::{left_to_site, Draft, Field, REPAIRED};
use super::row::note;
use super::Verdict;
use crate::goods::policy::{Decision, Mode, Nature};
use crate::model::{Good, Issue, Item, Kind, Severity};
use crate::settings::Policy;
use crate::stock::{param, sellable, Rows, Sellable};
use crate::text::{decimal, same_decimal, thousandths};

/// Remembers that a combo showed a number of its own (B1: "ever").
const OWN_NUMBER: &str = "stock_source";

/// The product's number is left alone.
const NOT_MANAGED: &str = "stock-not-managed";

/// Every product's number is left alone: WooCommerce would not move it.
const STOCK_OFF: &str = "site-stock-off";

/// Decides stock fields; `none_to_sell` shows a stopped good as out of stock (B7).
pub(super) fn put(
    draft: &mut Draft<'_>,
    family: &Family<'_>,
    row: &Good,
    none_to_sell: bool,
    issues: &mut Vec<Issue>,
) {
    let policy = family.shared.settings.policies.stock;
    match policy {
        Policy::OnCreate if draft.creating() => {}
        Policy::Always => {}
        Policy::Never | Policy::SiteOwns | Policy::OnCreate => {
            let shop = held(draft);
            let why = left_to_site(policy);
            return draft.tell("stock", Some(policy), ("", &shop), Verdict::Keep, why);
        }
    }
    match of_row(draft, family, row, family, none_to_sell) {
        Sellable::NotManaged => not_managed(draft, family, none_to_sell),
        Sellable::Known(..) if family.shared.settings.stock_off && !draft.creating() => {
            refuse(draft, policy, STOCK_OFF);
            issues.push(of_connection(STOCK_OFF));
        }
        Sellable::Known(amount, reason) => {
            if managed(draft, family, row, issues) {
                number(draft, family, row, amount, reason, issues);
                tell_alone(draft, family, row, amount, none_to_sell);
            }
        }
        Sellable::Unknown(code @ ("branch-gone" | "no-branch-chosen"), _) => {
            refuse(draft, policy, code);
            issues.extend(whole_shop(family.shared));
        }
        Sellable::Unknown(code, mut params) => {
            for param in params.iter_mut().filter(|param| param.name == "branch") {
                param.value = family.shared.branch_name(&param.value).into();
            }
            refuse(draft, policy, code);
            note(issues, row, Severity::Review, code, params);
        }
    }
    own_number(draft, row);
}

/// The number the product shows now, as the shop stores it.
fn held(draft: &Draft<'_>) -> String {
    let held = draft.shop.and_then(|shop| shop.stock);
    held.map(|held| decimal(held.0, 3)).unwrap_or_default()
}

/// The POS's number is not to be told, or not to be written.
fn refuse(draft: &mut Draft<'_>, policy: Policy, code: &str) {
    let shop = held(draft);
    draft.tell("stock", Some(policy), ("", &shop), Verdict::Refused, code);
}

/// The family's rows as if the site's orders held nothing of them.
struct Unheld<'f, 'a>(&'f Family<'a>);

impl<'a> Rows<'a> for Unheld<'_, 'a> {
    fn row(&self, id: &str) -> Option<&'a Good> {
        self.0.row(id)
    }

    fn pending(&self, _: &Good) -> i64 {
        0
    }
}

/// For whoever asks why: what the POS's number would be without the site's orders (D5).
fn tell_alone(
    draft: &mut Draft<'_>,
    family: &Family<'_>,
    row: &Good,
    amount: i64,
    none_to_sell: bool,
) {
    if !family.shared.explain || family.input.pending.iter().flatten().next().is_none() {
        return;
    }
    match of_row(draft, family, row, &Unheld(family), none_to_sell) {
        Sellable::Known(alone, _) if alone != amount => draft.alone(decimal(alone, 3)),
        _ => {}
    }
}

fn of_row(
    draft: &mut Draft<'_>,
    family: &Family<'_>,
    row: &Good,
    rows: &dyn Rows<'_>,
    none_to_sell: bool,
) -> Sellable {
    let own_before = row.kind == Kind::Combo && draft.recall(OWN_NUMBER).is_some();
    if row.kind != Kind::Service && family.shared.closed_branch.is_some() {
        return Sellable::Unknown("branch-gone", Vec::new());
    }
    match sellable(row, rows, family.shared.settings, own_before) {
        Sellable::Known(..) | Sellable::Unknown(..) if none_to_sell => {
            Sellable::Known(0, "stock-stopped")
        }
        other => other,
    }
}

/// What keeps every good's stock from being told is said once, not for each good.
fn whole_shop(shared: &Shared<'_>) -> Option<Issue> {
    let Some((id, name)) = shared.closed_branch else {
        let none = shared.settings.branches.is_empty();
        return none.then(|| of_connection("no-branch-chosen"));
    };
    Some(Issue {
        item: Item {
            kind: "branch".into(),
            id: Some(id.into()),
            label: name.into(),
        },
        ..of_connection("branch-gone")
    })
}

/// What keeps stock from being written for the whole shop now, whether or not a family is met by
/// it: what was said before and is not among it is over.
pub(super) fn standing(shared: &Shared<'_>) -> Vec<Issue> {
    let settings = shared.settings;
    let always = settings.policies.stock == Policy::Always;
    let off = || (always && settings.stock_off).then(|| of_connection(STOCK_OFF));
    let asked = always || settings.policies.stock == Policy::OnCreate;
    let found = asked.then(|| whole_shop(shared).or_else(off)).flatten();
    found.into_iter().collect()
}

fn of_connection(code: &str) -> Issue {
    Issue {
        code: code.into(),
        params: Vec::new(),
        item: Item {
            kind: "connection".into(),
            id: None,
            label: String::new(),
        },
        severity: Severity::Review,
    }
}

/// A service: no number, in stock unless it is stopped.
fn not_managed(draft: &mut Draft<'_>, family: &Family<'_>, none_to_sell: bool) {
    let policy = family.shared.settings.policies.stock;
    let manages = draft.shop.is_some_and(|shop| shop.manage_stock);
    let nature = Nature::Drifting;
    let decision = draft.put(Field {
        name: "manage_stock",
        policy,
        nature,
        pos: "no",
        shop: yes(manages),
        equal: !manages,
        reason: "stock-service",
    });
    if manages && decision != Decision::Write {
        return;
    }
    let pos = if none_to_sell {
        "outofstock"
    } else {
        "instock"
    };
    let shop = draft.shop.map_or("", |shop| shop.stock_status.as_str());
    let reason = if none_to_sell {
        "stock-stopped"
    } else {
        "stock-service"
    };
    draft.put(Field {
        name: "stock_status",
        policy,
        nature,
        pos,
        shop,
        equal: pos == shop,
        reason,
    });
}

/// Whether the product manages stock now or will by this plan.
fn managed(
    draft: &mut Draft<'_>,
    family: &Family<'_>,
    row: &Good,
    issues: &mut Vec<Issue>,
) -> bool {
    let policy = family.shared.settings.policies.stock;
    let manages = draft.shop.is_some_and(|shop| shop.manage_stock);
    let known = draft.recall("manage_stock").is_some();
    let made_here = draft.shop.is_some_and(|shop| !shop.origin.is_empty());
    if draft.mode == Mode::Update && !manages && !known && !made_here {
        note(issues, row, Severity::Notice, NOT_MANAGED, Vec::new());
        refuse(draft, policy, NOT_MANAGED);
        return false;
    }
    let decision = draft.put(Field {
        name: "manage_stock",
        policy,
        nature: Nature::Drifting,
        pos: "yes",
        shop: yes(manages),
        equal: manages,
        reason: "stock-managed",
    });
    if !manages && decision != Decision::Write {
        note(issues, row, Severity::Notice, NOT_MANAGED, Vec::new());
        refuse(draft, policy, NOT_MANAGED);
        return false;
    }
    true
}

fn number(
    draft: &mut Draft<'_>,
    family: &Family<'_>,
    row: &Good,
    amount: i64,
    reason: &'static str,
    issues: &mut Vec<Issue>,
) {
    let policy = family.shared.settings.policies.stock;
    let pos = decimal(amount, 3);
    let held = draft.shop.and_then(|shop| shop.stock);
    let shop = held.map(|held| decimal(held.0, 3)).unwrap_or_default();
    let last = draft.recall("stock");
    let held_back = draft.holds("stock", &pos);
    let turned_on = !held_back
        && draft.mode == Mode::Update
        && draft.shop.is_some_and(|shop| !shop.manage_stock);
    if turned_on && !same_decimal(&pos, &shop) {
        draft.change("stock", &shop, Some(&pos), &pos, reason);
        return;
    }
    let equal = same_decimal(&pos, &shop);
    if draft.repair && !equal && !draft.creating() {
        draft.change("stock", &shop, Some(&pos), &pos, REPAIRED);
        return;
    }
    // Where the site's orders are counted, their sales are in `pos` already.
    let counted = family.input.pending.is_some();
    if let (Some(last), Some(held), Mode::Update, false) =
        (last, held, draft.mode, equal || counted || held_back)
    {
        let gained = thousandths(&last.pos).and_then(|before| amount.checked_sub(before));
        let after = gained.and_then(|gained| held.0.checked_add(gained));
        if let Some(after) = after.filter(|_| last.pos != pos) {
            draft.change("stock", &shop, Some(&decimal(after, 3)), &pos, reason);
            return;
        }
    }
    let nature = Nature::Drifting;
    let decision = draft.put(Field {
        name: "stock",
        policy,
        nature,
        pos: &pos,
        shop: &shop,
        equal,
        reason,
    });
    if decision == Decision::Drift {
        note(
            issues,
            row,
            Severity::Notice,
            "stock-drift",
            vec![param("pos", &pos), param("shop", &shop)],
        );
    }
}

fn own_number(draft: &mut Draft<'_>, row: &Good) {
    let shows = row.kind == Kind::Combo && crate::stock::has_own_number(row);
    if shows && draft.recall(OWN_NUMBER).is_none() {
        draft.change(OWN_NUMBER, "own", None, "own", "baseline");
    }
}

fn yes(on: bool) -> &'static str {
    if on {
        "yes"
    } else {
        "no"
    }
}
