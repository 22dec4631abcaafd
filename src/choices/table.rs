//! Every setting: what it may be, its default, on which page it stands.
//!
//! The defaults are those of [`crate::settings::Settings`]; a test holds the two together.

use serde::{Deserialize, Serialize};

/// What a setting may be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Flag,
    /// From, to.
    Number(i64, i64),
    /// In thousandths, from, to.
    Quantity(i64, i64),
    Choice(&'static [&'static str]),
    /// An id of a list, or none.
    Id(&'static str),
    Ids(&'static str),
    /// Records of these columns.
    Rows(&'static [(&'static str, Kind)]),
    /// At most so many characters.
    Text(usize),
}

/// One setting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spec {
    pub name: &'static str,
    pub group: &'static str,
    pub kind: Kind,
    /// As a text; empty for none.
    pub default: &'static str,
    pub numbers: &'static str,
}

const fn spec(
    group: &'static str,
    name: &'static str,
    kind: Kind,
    default: &'static str,
    numbers: &'static str,
) -> Spec {
    Spec {
        name,
        group,
        kind,
        default,
        numbers,
    }
}

const POLICY: Kind = Kind::Choice(&["always", "on-create", "never", "site-owns"]);
/// The site never owns these: stock is the POS's (D6), and the API takes the others from nobody (B5).
const ONE_WAY: Kind = Kind::Choice(&["always", "on-create", "never"]);
const UNSOLD: Kind = Kind::Choice(&["show", "out-of-stock", "hide", "draft"]);
const DIRECTION: Kind = Kind::Choice(&["off", "by-hand", "automatic"]);

use Kind::{Choice, Flag, Id, Ids, Number, Quantity, Rows, Text};

/// An instant in milliseconds UTC; up to the year 2100.
const INSTANT: Kind = Number(0, 4_102_444_800_000);
const CODE: Kind = Text(191);
const TAXES: Kind = Rows(&[("rate", CODE), ("tax", Id("taxes"))]);
const PAYMENTS: Kind = Rows(&[
    ("payment", Id("payment_methods")),
    ("method", Choice(&["nothing", "cash", "transfer", "card"])),
    ("account", Id("accounts")),
]);
const PLACES: Kind = Rows(&[("place", Id("places")), ("branch", Id("branches"))]);
const RATES: Kind = Rows(&[("currency", Text(3)), ("rate", Text(20))]);
const STATUSES: Kind = Rows(&[
    ("of", Choice(&["order", "invoice", "delivery"])),
    ("code", Number(0, 1000)),
    ("status", Id("order_statuses")),
    ("backwards", Flag),
]);
const ROLE_BOOKS: Kind = Rows(&[("role", Id("roles")), ("book", Id("books"))]);
const TAX_CLASSES: Kind = Rows(&[("tax", CODE), ("class", Id("tax_classes"))]);
const GROUPS: Kind = Rows(&[("group", Id("groups")), ("role", Id("roles"))]);

/// In the order in which pages show them.
#[rustfmt::skip]
pub(super) const SETTINGS: &[Spec] = &[
    spec("branches", "branches", Ids("branches"), "", "A4 D1"),
    spec("branches", "order_branch", Id("branches"), "", "A4 C3"),
    spec("goods", "match_key", Choice(&["sku", "pos-id"]), "sku", "B4"),
    spec("goods", "selection.mode", Choice(&["everything", "categories", "goods"]), "everything", "B6"),
    spec("goods", "selection.categories", Ids("categories"), "", "B6"),
    spec("goods", "selection.goods", Ids("goods"), "", "B6"),
    spec("goods", "selection.except", Ids("goods"), "", "B6"),
    spec("goods", "selection.new_goods", Flag, "true", "B6"),
    spec("goods", "units", Choice(&["each", "base-only"]), "each", "B3"),
    spec("goods", "lone_variant_simple", Flag, "false", "B2"),
    spec("goods", "new_status", Choice(&["publish", "draft", "hidden"]), "publish", "B9"),
    spec("goods", "stopped", UNSOLD, "out-of-stock", "B7"),
    spec("goods", "not_sold", UNSOLD, "show", "B7"),
    spec("goods", "deleted", UNSOLD, "out-of-stock", "B8"),
    spec("goods", "recreate_categories", Flag, "false", "B12"),
    spec("goods", "pos_weight_unit", Choice(&["g", "kg"]), "g", "B10"),
    spec("goods", "images.on", Flag, "true", "B11"),
    spec("goods", "images.megabytes", Number(1, 100), "10", "B11"),
    spec("fields", "policies.name", POLICY, "on-create", "B5"),
    spec("fields", "policies.description", POLICY, "on-create", "B5"),
    spec("fields", "policies.categories", POLICY, "on-create", "B5 B12"),
    spec("fields", "policies.price", POLICY, "always", "B5"),
    spec("fields", "policies.sale_price", ONE_WAY, "always", "B5"),
    spec("fields", "policies.stock", ONE_WAY, "always", "B5 D6"),
    spec("fields", "policies.sku", ONE_WAY, "always", "B5"),
    spec("fields", "policies.barcode", POLICY, "on-create", "B5"),
    spec("fields", "policies.weight", POLICY, "on-create", "B5 B10"),
    spec("fields", "policies.attributes", ONE_WAY, "always", "B5 B2"),
    spec("fields", "policies.brand", ONE_WAY, "on-create", "B5 B13"),
    spec("fields", "policies.tax_class", ONE_WAY, "on-create", "B5 B13"),
    spec("fields", "policies.visibility", ONE_WAY, "always", "B5 B7"),
    spec("fields", "policies.images", POLICY, "on-create", "B5 B11"),
    spec("prices", "regular_book", Id("books"), "", "C1"),
    spec("prices", "sale_book", Id("books"), "", "C1 C2"),
    spec("prices", "role_books", ROLE_BOOKS, "", "C6"),
    spec("prices", "tax_classes", TAX_CLASSES, "", "B13"),
    spec("prices", "allow_zero_price", Flag, "false", "C2"),
    spec("stock", "count_reserved", Flag, "true", "D1"),
    spec("stock", "safety_buffer", Quantity(0, 1_000_000_000), "0", "D1"),
    spec("stock", "branch_stock", Flag, "false", "A4"),
    spec("stock", "decimal_stock", Flag, "false", "D2"),
    spec("orders", "orders.to_pos", Flag, "true", "A5 E1"),
    spec("orders", "orders.automatic", Flag, "true", "E1"),
    spec("orders", "orders.start", INSTANT, "", "E1"),
    spec("orders", "orders.statuses", Ids("order_statuses"), "processing,completed", "E1"),
    spec("orders", "orders.retry", Flag, "true", "E7"),
    spec("orders", "orders.retry_minutes", Number(60, 10_080), "60", "E7"),
    spec("orders", "orders.retry_last", Number(1, 100_000), "1000", "E7"),
    spec("orders", "orders.retry_tries", Number(1, 100), "5", "E7"),
    spec("orders", "orders.match_sku", Flag, "false", "E3"),
    spec("orders", "orders.unknown_line", Choice(&["fail", "create"]), "fail", "E3"),
    spec("orders", "orders.new_category", Id("categories"), "", "E3"),
    spec("orders", "orders.shipping", Flag, "true", "E2"),
    spec("orders", "orders.shipping_code", CODE, "DONGBOSHIP", "E2"),
    spec("orders", "orders.fee_code", CODE, "DONGBOPHI", "E2"),
    spec("orders", "orders.taxes", TAXES, "", "E2"),
    spec("orders", "orders.unmapped_tax", Choice(&["inclusive", "refuse"]), "inclusive", "E2"),
    spec("orders", "orders.payments", PAYMENTS, "", "E2"),
    spec("orders", "orders.channel", Id("channels"), "", "E2"),
    spec("orders", "orders.seller", Id("sellers"), "", "E2"),
    spec("orders", "orders.places", PLACES, "", "A4"),
    spec("orders", "orders.currency", Text(3), "VND", "E8"),
    spec("orders", "orders.rates", RATES, "", "E8"),
    spec("orders", "orders.create_customers", Flag, "true", "E4"),
    spec("orders", "orders.cancel", Flag, "true", "E6"),
    spec("orders", "orders.cancel_trashed", Flag, "true", "E6"),
    spec("orders", "orders.void_payments", Flag, "false", "E6"),
    spec("status", "orders.handler", Choice(&["pos", "site"]), "pos", "F3"),
    spec("status", "orders.status_to_site", Flag, "true", "A5 F1"),
    spec("status", "orders.invoice_when_completed", Flag, "false", "F1"),
    spec("status", "orders.status_rules", STATUSES, "", "F1 F2"),
    spec("status", "orders.import", Flag, "false", "F4"),
    spec("status", "orders.import_start", INSTANT, "", "F4"),
    spec("customers", "customers.to_pos", Flag, "false", "A5 G2"),
    spec("customers", "customers.to_site", Flag, "false", "A5 G2"),
    spec("customers", "customers.start", INSTANT, "", "G2"),
    spec("customers", "customers.groups_to_site", Flag, "false", "G2"),
    spec("customers", "customers.groups_to_pos", Flag, "false", "G2"),
    spec("customers", "customers.group_roles", GROUPS, "", "G2"),
    spec("runs", "directions.goods", DIRECTION, "automatic", "A5"),
    spec("runs", "directions.categories", DIRECTION, "automatic", "A5"),
    spec("runs", "directions.prices", DIRECTION, "automatic", "A5"),
    spec("runs", "directions.stock", DIRECTION, "automatic", "A5"),
    spec("push", "push.goods", DIRECTION, "automatic", "A5 G1 B5"),
    spec("push", "push.new_goods", Flag, "false", "A5 G1"),
    spec("push", "push.categories", DIRECTION, "off", "A5 G2"),
    spec("push", "push.delete_categories", Flag, "false", "G2 Q1"),
    spec("push", "push.category", Choice(&["create", "chosen"]), "create", "G1"),
    spec("push", "push.category_id", Id("categories"), "", "G1"),
    spec("push", "push.cost", Choice(&["none", "cogs", "price"]), "none", "G1"),
    spec("push", "push.opening_stock", Flag, "false", "G1 D6"),
    spec("push", "push.images", Flag, "true", "G1"),
    spec("runs", "automatic", Flag, "true", "I7"),
    spec("runs", "delta_minutes", Number(1, 1440), "15", "I7"),
    spec("runs", "full_hours", Number(1, 168), "12", "I7"),
    spec("runs", "stopper_percent", Number(0, 100), "20", "D4"),
    spec("shell", "shell.mail", Flag, "true", "H6"),
    spec("shell", "shell.email", Text(200), "", "H6"),
    spec("shell", "shell.log_level", Choice(&["error", "warning", "info", "debug"]), "warning", "I4"),
    spec("shell", "shell.history_days", Number(1, 3650), "180", "H6"),
    spec("shell", "shell.history_rows", Number(1_000, 5_000_000), "500000", "H6"),
    spec("shell", "shell.keep_data", Flag, "false", "A8"),
];

/// What a form needs to know of a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The page it stands on.
    pub group: String,
    /// What it is.
    pub kind: FieldKind,
    /// The values a choice may have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// The least a number may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The most a number may be; of a text, its characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// The list ids are from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// What each column of a record may be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Field>,
    /// Numbers of `product.md`.
    pub numbers: String,
}

/// What a setting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// Yes or no.
    Flag,
    /// A whole number.
    Number,
    /// A quantity in thousandths.
    Quantity,
    /// One of some values.
    Choice,
    /// An id of a list, or none.
    Id,
    /// Several ids of a list.
    Ids,
    /// Records of [`Field::columns`].
    Rows,
    /// A text.
    Text,
}

impl Field {
    pub(super) fn of(spec: &Spec) -> Self {
        let mut field = Self {
            name: spec.name.into(),
            group: spec.group.into(),
            kind: FieldKind::Flag,
            values: Vec::new(),
            min: None,
            max: None,
            list: None,
            columns: Vec::new(),
            numbers: spec.numbers.into(),
        };
        match spec.kind {
            Flag => {}
            Number(min, max) => {
                field.kind = FieldKind::Number;
                (field.min, field.max) = (Some(min), Some(max));
            }
            Quantity(min, max) => {
                field.kind = FieldKind::Quantity;
                (field.min, field.max) = (Some(min), Some(max));
            }
            Choice(values) => {
                field.kind = FieldKind::Choice;
                field.values = values.iter().map(|value| (*value).into()).collect();
            }
            Id(list) => {
                field.kind = FieldKind::Id;
                field.list = Some(list.into());
            }
            Ids(list) => {
                field.kind = FieldKind::Ids;
                field.list = Some(list.into());
            }
            Rows(columns) => {
                field.kind = FieldKind::Rows;
                let columns = columns.iter();
                field.columns = columns
                    .map(|column| Self::of(&column_spec(column)))
                    .collect();
            }
            Text(most) => {
                field.kind = FieldKind::Text;
                field.max = i64::try_from(most).ok();
            }
        }
        field
    }
}

/// A column as a setting of its own.
pub(super) fn column_spec((name, kind): &(&'static str, Kind)) -> Spec {
    spec("", name, *kind, "", "")
}
