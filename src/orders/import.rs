//! POS orders and invoices that did not come from the site (product.md F4).
//!
//! | the POS order or invoice | becomes |
//! |---|---|
//! | known already, or cancelled, or an invoice of an order | nothing |
//! | with this site's mark | linked with its order, never imported |
//! | of a branch where an order's outcome is open | waits: it may be that order |
//! | before the chosen date, or while importing is off | nothing |
//! | else | an order of the site |
//!
//! An imported order never touches stock: the POS's own number shows the sale already.

use super::mark::marked_order;
use super::protocol::{KnownCustomer, OrderLink};
use crate::model::{
    Instant, Issue, Link, LinkKind, Money, PosCustomer, Quantity, Sale, SaleDelivery, Severity,
};
use crate::pos::{issue, owned, params};
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// What a POS sale is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SaleKind {
    /// An order.
    #[default]
    Order,
    /// An invoice.
    Invoice,
}

/// A POS order or invoice to judge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrived {
    /// What it is.
    pub kind: SaleKind,
    /// As its detail says: only there does an invoice name its order.
    pub sale: Sale,
}

/// What [`plan_import`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportInput {
    /// The shop's settings.
    pub settings: Settings,
    /// [`super::OrderContext::site`].
    pub site: String,
    /// The POS orders and invoices.
    pub arrived: Vec<Arrived>,
    /// Site orders that have one of these POS orders.
    pub linked: Vec<OrderLink>,
    /// Origins of site orders that were made from one of these: `order:9001`, `invoice:9101`.
    pub origins: Vec<String>,
    /// Branches with an intent of unknown outcome ([`super::Sending::unknown_since`]).
    pub open_branches: Vec<String>,
    /// Links of the goods on their lines.
    pub links: Vec<Link>,
    /// Their customers, from the mirror.
    pub customers: Vec<PosCustomer>,
    /// Users of these customers.
    pub users: Vec<KnownCustomer>,
}

/// What becomes of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImportTurn {
    /// Nothing.
    #[default]
    Skip,
    /// It belongs to the site order [`Import::order_id`]: store the link.
    Link,
    /// Judge it again when no intent of its branch is open.
    Wait,
    /// Make [`Import::order`].
    Make,
}

/// A line of an order to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportLine {
    /// The product's or variation's id, 0 without a link: a line with a name only.
    pub shop_id: i64,
    /// The name.
    pub name: String,
    /// The quantity, in thousandths.
    pub quantity: Quantity,
    /// What the line costs, in 1/100 đồng.
    pub total: Money,
}

/// An order to be made through WooCommerce, with its stock already counted as reduced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportOrder {
    /// Stored with its first INSERT: a resume looks for it before making it.
    pub origin: String,
    /// The POS's code, for the order's note.
    pub code: String,
    /// When it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Instant>,
    /// The customer's user, 0 for none.
    pub user_id: i64,
    /// The customer's name.
    pub name: String,
    /// The phone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// The e-mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Where it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<SaleDelivery>,
    /// The lines.
    pub lines: Vec<ImportLine>,
    /// Surcharges, as fees: name and amount.
    pub fees: Vec<ImportLine>,
    /// What the discount and everything else come to, in 1/100 đồng: one more fee, mostly below 0.
    pub rest: Money,
    /// The total, in 1/100 đồng: lines, fees and rest.
    pub total: Money,
}

/// The answer for one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Import {
    /// The POS id.
    pub remote_id: String,
    /// What becomes of it.
    pub turn: ImportTurn,
    /// Why: a code of `src/words.json`.
    pub reason: String,
    /// The site order to link.
    pub order_id: i64,
    /// The order to make.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<ImportOrder>,
}

/// The answers, in the order of the input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Imports {
    /// One a sale.
    pub imports: Vec<Import>,
    /// What is to be listed.
    pub issues: Vec<Issue>,
}

/// Judges what arrived.
#[must_use]
pub fn plan_import(input: ImportInput) -> Imports {
    let mut answer = Imports::default();
    for arrived in &input.arrived {
        let import = judge(arrived, &input, &mut answer.issues);
        answer.imports.push(import);
    }
    answer
}

fn judge(arrived: &Arrived, input: &ImportInput, issues: &mut Vec<Issue>) -> Import {
    let sale = &arrived.sale;
    let order = arrived.kind == SaleKind::Order;
    let answer = |turn: ImportTurn, reason: &str| Import {
        remote_id: sale.id.clone(),
        turn,
        reason: owned(reason),
        ..Import::default()
    };
    let mut origin = owned(if order { "order:" } else { "invoice:" });
    origin.push_str(&sale.id);
    let linked = order && input.linked.iter().any(|link| link.remote_id == sale.id);
    if linked || input.origins.contains(&origin) {
        return answer(ImportTurn::Skip, "import-known");
    }
    if !order && (sale.order_id.is_some() || !sale.order_code.is_empty()) {
        return answer(ImportTurn::Skip, "import-of-order");
    }
    if let Some(marked) = marked_order(&sale.description, &input.site) {
        // An invoice with the mark was made for an order of the site.
        let mut import = answer(ImportTurn::Skip, "import-of-order");
        let taken = input.linked.iter().any(|link| link.order_id == marked);
        if order && !taken {
            import = answer(ImportTurn::Link, "import-marked");
            import.order_id = marked;
        }
        return import;
    }
    if !input.settings.orders.imports() {
        return answer(ImportTurn::Skip, "import-off");
    }
    let cancelled = if order { 4 } else { 2 };
    if sale.status == Some(cancelled) {
        return answer(ImportTurn::Skip, "import-cancelled");
    }
    let made = sale.created.or(sale.purchased);
    let start = input.settings.orders.imports_since();
    if start.is_none() || made < start {
        return answer(ImportTurn::Skip, "import-before-start");
    }
    let branch = sale.branch_id.as_ref();
    if order
        && branch.is_none_or(|branch| input.open_branches.contains(branch))
        && !input.open_branches.is_empty()
    {
        return answer(ImportTurn::Wait, "import-waits");
    }
    let mut import = answer(ImportTurn::Make, "import-made");
    import.order = Some(order_of(sale, origin, input, issues));
    import
}

fn order_of(
    sale: &Sale,
    origin: String,
    input: &ImportInput,
    issues: &mut Vec<Issue>,
) -> ImportOrder {
    let mut known = Money::ZERO;
    let mut add = |amount: Money| known = known.plus(amount).unwrap_or(known);
    let mut lines = Vec::with_capacity(sale.lines.len());
    for line in &sale.lines {
        let mut links = input.links.iter();
        let link = links.find(|link| link.kind == LinkKind::Good && link.remote_id == line.good_id);
        if link.is_none() {
            let item = ("order", Some(sale.id.as_str()), sale.code.as_str());
            let values = params(&[("line", &line.name), ("good", &line.code)]);
            issues.push(issue(
                "import-line-unlinked",
                Severity::Notice,
                item,
                values,
            ));
        }
        let amount = line.price.0.checked_mul(line.quantity.0);
        let total = Money(
            amount
                .and_then(|amount| amount.checked_div(1000))
                .unwrap_or(0),
        );
        add(total);
        lines.push(ImportLine {
            shop_id: link.map_or(0, |link| link.shop_id),
            name: line.name.clone(),
            quantity: line.quantity,
            total,
        });
    }
    let mut fees = Vec::new();
    for charge in &sale.charges {
        add(charge.price);
        fees.push(ImportLine {
            name: charge.name.clone(),
            quantity: Quantity(1000),
            total: charge.price,
            ..ImportLine::default()
        });
    }
    let id = sale.customer_id.as_ref();
    let customer = input
        .customers
        .iter()
        .find(|customer| Some(&customer.id) == id);
    let user = input.users.iter().find(|user| Some(&user.remote_id) == id);
    let masked = customer.is_some_and(|customer| customer.masked);
    let text = |of: fn(&PosCustomer) -> &String| {
        let customer = customer.filter(|_| !masked);
        customer.map_or_else(String::new, |customer| of(customer).clone())
    };
    ImportOrder {
        origin,
        code: sale.code.clone(),
        created: sale.purchased.or(sale.created),
        user_id: user.map_or(0, |user| user.user_id),
        name: sale.customer_name.clone(),
        phone: text(|customer| &customer.phone),
        email: text(|customer| &customer.email),
        delivery: sale.delivery.clone(),
        lines,
        fees,
        rest: sale.total.minus(known).unwrap_or(Money::ZERO),
        total: sale.total,
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::model::{LinkState, SaleLine};

    fn judged(change: impl FnOnce(&mut ImportInput, &mut Arrived)) -> Import {
        let mut input = ImportInput {
            site: "abc".into(),
            ..ImportInput::default()
        };
        input.settings.orders.import = true;
        input.settings.orders.import_start = Some(100);
        let mut arrived = Arrived {
            kind: SaleKind::Order,
            sale: Sale {
                id: "9001".into(),
                code: "DH1".into(),
                branch_id: Some("11".into()),
                status: Some(1),
                created: Some(200),
                total: Money(9_000_000),
                lines: vec![SaleLine {
                    good_id: "5".into(),
                    name: "Túi".into(),
                    quantity: Quantity(2000),
                    price: Money(5_000_000),
                    ..SaleLine::default()
                }],
                ..Sale::default()
            },
        };
        change(&mut input, &mut arrived);
        input.arrived.push(arrived);
        plan_import(input).imports.remove(0)
    }

    fn turn(change: impl FnOnce(&mut ImportInput, &mut Arrived)) -> (ImportTurn, String) {
        let import = judged(change);
        (import.turn, import.reason)
    }

    #[test]
    fn only_what_did_not_come_from_the_site_is_made() {
        let mut made = judged(|input, _| {
            input.links.push(Link {
                kind: LinkKind::Good,
                remote_id: "5".into(),
                shop_id: 501,
                family: String::new(),
                state: LinkState::Active,
                fields: Vec::new(),
            });
        });
        let order = made.order.take().unwrap_or_default();
        assert_eq!((made.turn, order.lines[0].shop_id), (ImportTurn::Make, 501));
        assert_eq!((order.rest.0, order.total.0), (-1_000_000, 9_000_000));
        assert_eq!(order.origin, "order:9001");
        let skip = |reason: &str| (ImportTurn::Skip, reason.to_string());
        assert_eq!(
            turn(|input, _| input.settings.orders.import = false),
            skip("import-off")
        );
        assert_eq!(
            turn(|input, _| input.settings.orders.import_start = None),
            skip("import-before-start")
        );
        assert_eq!(
            turn(|_, arrived| arrived.sale.created = Some(99)),
            skip("import-before-start")
        );
        assert_eq!(
            turn(|_, arrived| arrived.sale.status = Some(4)),
            skip("import-cancelled")
        );
        assert_eq!(
            turn(|input, _| input.origins.push("order:9001".into())),
            skip("import-known")
        );
        assert_eq!(
            turn(|input, _| input.open_branches.push("11".into())),
            (ImportTurn::Wait, "import-waits".into())
        );
        assert_eq!(
            turn(|input, _| input.open_branches.push("12".into())).0,
            ImportTurn::Make
        );
        let marked = judged(|input, arrived| {
            input.settings.orders.import = false;
            arrived.sale.description = "Đơn web #41 [DB:abc:41]".into();
        });
        assert_eq!((marked.turn, marked.order_id), (ImportTurn::Link, 41));
        let of_order = turn(|_, arrived| {
            arrived.kind = SaleKind::Invoice;
            arrived.sale.order_code = "DH1".into();
        });
        assert_eq!(of_order, skip("import-of-order"));
    }
}
