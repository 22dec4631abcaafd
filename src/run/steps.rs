//! The phases of each kind of run, and the request of each phase.

use super::protocol::{Request, RequestKind, Run, RunKind};
use crate::model::Instant;
use crate::pos::{owned, params, vietnam};
use crate::settings::Settings;
use crate::text::integer;

/// Rows asked for at once: the most KiotViet gives (kiotviet-api.md §1.5).
pub(super) const PAGE_SIZE: i64 = 100;

/// Detail reads of one run; the rest is left for the next (B8).
pub(super) const DETAILS: i64 = 100;

/// What is asked for again at the seam of two runs of changes: rows that changed while the earlier
/// one was reading, and clocks that differ a little.
const OVERLAP: i64 = 300_000;
/// How long small lists are relied on.
const SMALL_EVERY: i64 = 86_400_000;
/// How long a run of changes relies on price books read earlier.
const BOOKS_EVERY: i64 = 3_600_000;

/// One phase.
pub(super) struct Step {
    /// Its code, for people and for the state.
    pub phase: &'static str,
    /// What is done in it.
    pub kind: RequestKind,
    /// The list it reads.
    pub list: &'static str,
    /// The path; a scope is added to it.
    pub path: &'static str,
    /// The reader of its answers.
    pub reader: &'static str,
    /// The field the list is ordered by. Ids grow, so rows that appear while the list is read are
    /// at its end and shift nothing; empty when the list has no pages.
    pub order: &'static str,
    /// More parameters.
    pub query: &'static [(&'static str, &'static str)],
    /// The run goes on without it when the POS refuses it.
    pub optional: bool,
    /// Rows that were not seen are gone when the list was read to its end.
    pub decides: bool,
    /// Goods are asked for one by one.
    pub each: bool,
    /// A run of changes asks for what changed since the list's checkpoint.
    pub since: bool,
}

const NOTHING: Step = Step {
    phase: "",
    kind: RequestKind::Get,
    list: "",
    path: "",
    reader: "",
    order: "",
    query: &[],
    optional: false,
    decides: true,
    each: false,
    since: false,
};

/// A new access token.
pub(super) static TOKEN_STEP: Step = TOKEN;

const TOKEN: Step = Step {
    phase: "connecting",
    kind: RequestKind::Token,
    ..NOTHING
};

const BRANCHES: Step = Step {
    phase: "reading-branches",
    list: "branches",
    path: "/branches",
    reader: "read_branches",
    order: "id",
    ..NOTHING
};

const FIND_DELETED: Step = Step {
    phase: "finding-deleted",
    kind: RequestKind::FindMissing,
    list: "goods",
    ..NOTHING
};

const CONFIRM_DELETED: Step = Step {
    phase: "confirming-deleted",
    each: true,
    list: "goods",
    path: "/products/",
    reader: "read_good",
    query: &[("includeSoftDeletedAttribute", "false")],
    decides: false,
    ..NOTHING
};

static CONNECT: [Step; 3] = [
    TOKEN,
    BRANCHES,
    Step {
        phase: "reading-settings",
        list: "settings",
        path: "/settings",
        reader: "read_settings",
        optional: true,
        ..NOTHING
    },
];

const CATEGORIES: Step = Step {
    phase: "reading-categories",
    list: "categories",
    path: "/categories",
    reader: "read_categories",
    order: "categoryId",
    optional: true,
    since: true,
    ..NOTHING
};

const BOOKS: Step = Step {
    phase: "reading-books",
    list: "books",
    path: "/pricebooks",
    reader: "read_books",
    order: "id",
    query: &[
        ("includePriceBookBranch", "true"),
        ("includePriceBookCustomerGroups", "true"),
        ("includePriceBookUsers", "true"),
    ],
    ..NOTHING
};

const PRICES: Step = Step {
    phase: "reading-prices",
    list: "prices",
    path: "/pricebooks/",
    reader: "read_prices",
    order: "productId",
    ..NOTHING
};

// `BranchIds` is not sent: it would cut the stock of the other branches, which combos and the
// stock shown per branch need (B1, A4). `isActive` is not sent: absent means all. Prices of books
// come from the books themselves (C5), so `includePricebook` would only make the answer longer.
const GOODS: Step = Step {
    phase: "reading-goods",
    list: "goods",
    path: "/products",
    reader: "read_goods",
    order: "id",
    query: &[
        ("includeInventory", "true"),
        ("includeMaterial", "true"),
        ("includeSoftDeletedAttribute", "false"),
    ],
    since: true,
    ..NOTHING
};

const STOCKS: Step = Step {
    phase: "reading-stocks",
    list: "stocks",
    path: "/productOnHands",
    reader: "read_stocks",
    order: "id",
    optional: true,
    decides: false,
    ..NOTHING
};

const PLAN_CATEGORIES: Step = Step {
    phase: "writing-categories",
    kind: RequestKind::PlanCategories,
    ..NOTHING
};

const PLAN_GOODS: Step = Step {
    phase: "writing-goods",
    kind: RequestKind::PlanGoods,
    ..NOTHING
};

const PLAN_TOUCHED: Step = Step {
    phase: "writing-goods",
    kind: RequestKind::PlanTouched,
    ..NOTHING
};

static FULL: [Step; 11] = [
    TOKEN,
    BRANCHES,
    CATEGORIES,
    BOOKS,
    PRICES,
    GOODS,
    STOCKS,
    FIND_DELETED,
    CONFIRM_DELETED,
    PLAN_CATEGORIES,
    PLAN_GOODS,
];

// No token is asked for ahead: these runs come every few minutes, and a 401 renews it. Removed
// prices leave no trace in a list of changes, so books are read in full (C5).
static DELTA: [Step; 8] = [
    CATEGORIES,
    BOOKS,
    PRICES,
    GOODS,
    FIND_DELETED,
    CONFIRM_DELETED,
    PLAN_CATEGORIES,
    PLAN_TOUCHED,
];

static STOCK: [Step; 2] = [STOCKS, PLAN_TOUCHED];

// A good that is read alone may be the first of a category that a webhook brought.
static NAMED: [Step; 3] = [
    Step {
        phase: "reading-named-goods",
        ..CONFIRM_DELETED
    },
    PLAN_CATEGORIES,
    PLAN_TOUCHED,
];

static READ: [Step; 7] = [TOKEN, BRANCHES, CATEGORIES, BOOKS, PRICES, GOODS, STOCKS];

static ALL_GOODS: [Step; 5] = [GOODS, STOCKS, FIND_DELETED, CONFIRM_DELETED, PLAN_GOODS];

static ALL_PRICES: [Step; 3] = [BOOKS, PRICES, PLAN_GOODS];

static ALL_CATEGORIES: [Step; 3] = [CATEGORIES, PLAN_CATEGORIES, PLAN_GOODS];

static EVERYTHING: [Step; 2] = [PLAN_CATEGORIES, PLAN_GOODS];

static TOUCHED: [Step; 2] = [PLAN_CATEGORIES, PLAN_TOUCHED];

// A list of changes never shows everything, so a row that is not in it is not gone.
static ORDERS: [Step; 6] = [
    small("channels", "/salechannel", "read_channels"),
    small("sellers", "/users", "read_users"),
    small("accounts", "/BankAccounts", "read_accounts"),
    Step {
        phase: "reading-orders",
        list: "orders",
        path: "/orders",
        reader: "read_orders",
        order: "id",
        query: &[("includeOrderDelivery", "true")],
        optional: true,
        decides: false,
        since: true,
        ..NOTHING
    },
    Step {
        phase: "reading-invoices",
        list: "invoices",
        path: "/invoices",
        reader: "read_invoices",
        order: "id",
        query: &[("includeInvoiceDelivery", "true")],
        optional: true,
        decides: false,
        since: true,
        ..NOTHING
    },
    FOLLOW_ORDERS,
];

/// A small list that settings of orders choose from (E2); once a day is enough.
const fn small(list: &'static str, path: &'static str, reader: &'static str) -> Step {
    Step {
        phase: list,
        list,
        path,
        reader,
        order: "id",
        optional: true,
        ..NOTHING
    }
}

const FOLLOW_ORDERS: Step = Step {
    phase: "following-orders",
    kind: RequestKind::FollowOrders,
    ..NOTHING
};

static MARKED_ORDERS: [Step; 1] = [FOLLOW_ORDERS];

static CUSTOMERS: [Step; 3] = [
    Step {
        phase: "reading-groups",
        list: "groups",
        path: "/customers/group",
        reader: "read_groups",
        optional: true,
        ..NOTHING
    },
    Step {
        phase: "reading-customers",
        list: "customers",
        path: "/customers",
        reader: "read_customers",
        order: "id",
        query: &[("includeCustomerGroup", "true")],
        optional: true,
        since: true,
        ..NOTHING
    },
    FOLLOW_CUSTOMERS,
];

const FOLLOW_CUSTOMERS: Step = Step {
    phase: "following-customers",
    kind: RequestKind::FollowCustomers,
    ..NOTHING
};

static MARKED_CUSTOMERS: [Step; 1] = [FOLLOW_CUSTOMERS];

/// The phases of a kind of run.
pub(super) fn steps(kind: RunKind) -> &'static [Step] {
    match kind {
        RunKind::Connect => &CONNECT,
        RunKind::Full => &FULL,
        RunKind::Delta => &DELTA,
        RunKind::Stock => &STOCK,
        RunKind::Named => &NAMED,
        RunKind::Read => &READ,
        RunKind::Goods => &ALL_GOODS,
        RunKind::Prices => &ALL_PRICES,
        RunKind::Categories => &ALL_CATEGORIES,
        RunKind::Plan => &EVERYTHING,
        RunKind::Touched => &TOUCHED,
        RunKind::Orders => &ORDERS,
        RunKind::MarkedOrders => &MARKED_ORDERS,
        RunKind::Customers => &CUSTOMERS,
        RunKind::MarkedCustomers => &MARKED_CUSTOMERS,
    }
}

/// Whether the owner has a step's data taken from the POS at all (A5).
pub(super) fn taken(step: &Step, settings: &Settings) -> bool {
    let directions = &settings.directions;
    match (step.kind, step.list) {
        (RequestKind::PlanCategories, _) | (_, "categories") => {
            settings.takes(directions.categories)
        }
        (_, "books" | "prices") => settings.takes(directions.prices),
        (_, "stocks") => settings.takes(directions.stock),
        (_, "orders" | "invoices" | "channels" | "sellers" | "accounts") => {
            settings.follows_sales()
        }
        (_, "customers") => settings.follows_customers(),
        (_, "groups") => settings.customers.groups_to_site || settings.customers.groups_to_pos,
        _ => true,
    }
}

/// The step a run is in.
pub(super) fn current(run: &Run) -> Option<&'static Step> {
    steps(run.kind).iter().find(|step| step.phase == run.phase)
}

/// The step after it.
pub(super) fn following(run: &Run) -> Option<&'static Step> {
    let mut rest = steps(run.kind)
        .iter()
        .skip_while(|step| step.phase != run.phase);
    rest.next();
    rest.next()
}

/// The chosen branches, each once.
pub(super) fn chosen_branches(settings: &Settings) -> Vec<String> {
    once(settings.branches.iter().chain(&settings.order_branch))
}

/// The chosen books, each once.
pub(super) fn chosen_books(settings: &Settings) -> Vec<String> {
    let roles = settings.role_books.iter().map(|one| &one.book);
    once(
        settings
            .regular_book
            .iter()
            .chain(&settings.sale_book)
            .chain(roles),
    )
}

fn once<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut chosen: Vec<String> = Vec::new();
    for id in ids {
        if !id.is_empty() && !chosen.contains(id) {
            chosen.push(id.clone());
        }
    }
    chosen
}

/// What the list of the current step is limited to: the book whose prices are being read, or the
/// good that is asked for.
pub(super) fn scope<'a>(run: &'a Run, step: &Step) -> &'a str {
    let one = match step.list {
        "prices" => run.books.first(),
        _ if step.each => run.suspects.first(),
        _ => None,
    };
    one.map_or("", String::as_str)
}

/// From when on a run of changes asks for this list; `None` when it is read in full.
pub(super) fn since(run: &Run, step: &Step, settings: &Settings) -> Option<Instant> {
    let changes = matches!(
        run.kind,
        RunKind::Delta | RunKind::Orders | RunKind::Customers
    );
    if !changes || !step.since {
        return None;
    }
    let known = known(run, step.list, "");
    if sales(step.list) {
        return known.or_else(|| settings.sales_since());
    }
    known
}

/// Whether a small list was read within a day; people who start the run want it anew.
pub(super) fn fresh(run: &Run, step: &Step, settings: &Settings, now: Instant) -> bool {
    let small = matches!(step.list, "channels" | "sellers" | "accounts");
    let known = known(run, step.list, "");
    small && !settings.by_hand && known.is_some_and(|at| now.saturating_sub(at) < SMALL_EVERY)
}

/// Orders and invoices: years of them, so they are never read in full.
pub(super) fn sales(list: &str) -> bool {
    matches!(list, "orders" | "invoices")
}

/// Up to when a list is known.
fn known(run: &Run, list: &str, scope: &str) -> Option<Instant> {
    let mut known = run.checkpoints.iter();
    let found = known.find(|known| known.list == list && known.scope == scope);
    found.map(|known| known.at)
}

/// Whether price books are to be read: always in a full run, else when the books or a chosen book's
/// prices were last read more than an hour ago, or never.
pub(super) fn books_due(run: &Run, settings: &Settings, now: Instant) -> bool {
    let old = |list, scope: &str| {
        known(run, list, scope).is_none_or(|at| now.saturating_sub(at) >= BOOKS_EVERY)
    };
    let chosen = chosen_books(settings);
    run.kind != RunKind::Delta || old("books", "") || chosen.iter().any(|id| old("prices", id))
}

/// The request of the current step at the current offset.
pub(super) fn request(run: &mut Run, step: &Step, settings: &Settings) -> Request {
    let id = run.next_id;
    run.next_id = id.saturating_add(1);
    let scope = owned(scope(run, step));
    let mut path = owned(step.path);
    path.push_str(&scope);
    let mut query = Vec::new();
    if !step.order.is_empty() {
        let (size, offset) = (integer(PAGE_SIZE), integer(run.page.offset));
        let paging = [
            ("pageSize", size.as_str()),
            ("currentItem", &offset),
            ("orderBy", step.order),
            ("orderDirection", "Asc"),
        ];
        let asked = if run.page.plain { 2 } else { 4 };
        query.append(&mut params(paging.get(..asked).unwrap_or(&paging)));
    }
    query.append(&mut params(step.query));
    if let Some(at) = since(run, step, settings) {
        let from = vietnam(at.saturating_sub(OVERLAP));
        query.append(&mut params(&[("lastModifiedFrom", &from)]));
        if !sales(step.list) {
            query.append(&mut params(&[("includeRemoveIds", "true")]));
        }
    }
    let finds = step.kind == RequestKind::FindMissing;
    Request {
        id,
        kind: step.kind,
        list: owned(step.list),
        scope,
        path,
        query,
        reader: owned(step.reader),
        branches: if step.list == "goods" && !finds {
            settings.branches.clone()
        } else {
            Vec::new()
        },
        ids: if finds {
            run.removed.clone()
        } else {
            Vec::new()
        },
        absent: finds && run.whole,
        limit: if finds { DETAILS } else { 0 },
    }
}

#[cfg(test)]
mod tests {
    use super::{steps, RequestKind, RunKind, FULL};

    #[test]
    fn a_run_that_only_reads_has_every_list_of_a_full_one_and_no_step_that_writes_or_deletes() {
        let read = steps(RunKind::Read);
        assert!(read
            .iter()
            .all(|step| matches!(step.kind, RequestKind::Token | RequestKind::Get) && !step.each));
        let lists = |steps: &[super::Step]| -> Vec<&str> {
            let gets = steps
                .iter()
                .filter(|step| matches!(step.kind, RequestKind::Get) && !step.each);
            gets.map(|step| step.list).collect()
        };
        assert_eq!(lists(read), lists(&FULL));
    }
}
