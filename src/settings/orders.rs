//! The choices for orders and customers (product.md A4, A5, E, F, G2).

use crate::model::Instant;
use serde::{Deserialize, Serialize};

/// What becomes of a line whose product the POS does not know (E3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownLineRule {
    /// The order is not sent and names it.
    #[default]
    Fail,
    /// The good is created in the POS first.
    Create,
}

/// What becomes of a tax that no POS tax stands for (E2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnmappedTax {
    /// It is part of the price.
    #[default]
    Inclusive,
    /// The order is not sent and says so.
    Refuse,
}

/// Which POS tax stands for a WooCommerce tax rate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaxRule {
    /// The WooCommerce rate's id.
    pub rate: String,
    /// The POS tax's id (kiotviet-api.md §12).
    pub tax: String,
}

/// How the POS takes a payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PayMethod {
    /// Nothing is recorded as paid.
    #[default]
    Nothing,
    /// Cash.
    Cash,
    /// Bank transfer, with an account.
    Transfer,
    /// Card, with an account.
    Card,
}

/// Which POS payment stands for a way of paying.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PayRule {
    /// The WooCommerce method's id.
    pub payment: String,
    /// How the POS takes it.
    pub method: PayMethod,
    /// The bank account's id, for a transfer or card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// Which branch stands for a pick-up place (A4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceRule {
    /// The place's id or name, or a shipping method (`local_pickup:3`).
    pub place: String,
    /// The branch's id.
    pub branch: String,
}

/// What one unit of a foreign currency is worth (E8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RateRule {
    /// The currency's code.
    pub currency: String,
    /// Units of the POS's currency, as typed: `25400.5`.
    pub rate: String,
}

/// Who decides how far an order is (F3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handler {
    /// The POS; the site follows.
    #[default]
    Pos,
    /// The site; the POS follows as far as its API goes.
    Site,
}

/// What a status code belongs to (F1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatusOf {
    /// An order (kiotviet-api.md §6.4).
    #[default]
    Order,
    /// An invoice (§7).
    Invoice,
    /// A delivery (§12).
    Delivery,
}

/// Which shop status a POS status asks for; stands before the default of the same code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StatusRule {
    /// What the code belongs to.
    pub of: StatusOf,
    /// The POS's code.
    pub code: i64,
    /// The shop's status without `wc-`; empty leaves the order alone.
    pub status: String,
    /// It may also go backwards (F2).
    pub backwards: bool,
}

/// The choices for orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderSettings {
    /// Orders of the site go to the POS (A5).
    pub to_pos: bool,
    /// They go by themselves; otherwise a person sends them (E1).
    pub automatic: bool,
    /// Only orders made from here on (E1). The shell sets it to the instant of connecting; without
    /// it nothing goes by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Instant>,
    /// The statuses that send an order, without `wc-` (E1).
    pub statuses: Vec<String>,
    /// Failed and never sent orders are tried again by themselves (E7).
    pub retry: bool,
    /// Minutes between two sweeps, at least 60 (E7).
    pub retry_minutes: i64,
    /// How many of the latest orders a sweep looks at (E7).
    pub retry_last: i64,
    /// After so many failures a person decides (E7).
    pub retry_tries: i64,
    /// Lines without a link find their good by SKU (E3).
    pub match_sku: bool,
    /// Lines the POS does not know (E3).
    pub unknown_line: UnknownLineRule,
    /// The POS category of goods created for an order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_category: Option<String>,
    /// Shipping is sent as a surcharge (E2); otherwise the POS's total is without it.
    pub shipping: bool,
    /// The code of the surcharge for shipping.
    pub shipping_code: String,
    /// The code of the surcharge for fees.
    pub fee_code: String,
    /// POS taxes by WooCommerce rate (E2).
    pub taxes: Vec<TaxRule>,
    /// Taxes without one.
    pub unmapped_tax: UnmappedTax,
    /// POS payments by way of paying (E2). One that is not here is not recorded as paid.
    pub payments: Vec<PayRule>,
    /// The sale channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The seller.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller: Option<String>,
    /// Branches by pick-up place (A4).
    pub places: Vec<PlaceRule>,
    /// The POS's currency.
    pub currency: String,
    /// Rates of foreign currencies (E8); an order in another one is not sent.
    pub rates: Vec<RateRule>,
    /// Create customers the POS does not know (E4).
    pub create_customers: bool,
    /// An order cancelled or refunded in full on the site is cancelled in the POS (E6).
    pub cancel: bool,
    /// So is one put in the trash (E6).
    pub cancel_trashed: bool,
    /// Cancelling also voids what was paid.
    pub void_payments: bool,
    /// Completing an order on the site makes the POS's invoice (F1).
    pub invoice_when_completed: bool,
    /// The site follows the POS's statuses (A5).
    pub status_to_site: bool,
    /// Who decides how far an order is (F3).
    pub handler: Handler,
    /// The status tables, where they differ from the defaults (F1).
    pub status_rules: Vec<StatusRule>,
    /// POS orders and invoices made elsewhere come to the site (F4).
    pub import: bool,
    /// Only those from here on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_start: Option<Instant>,
}

impl OrderSettings {
    /// Whether POS sales come to the site: by the setting, or because the site handles orders (F3).
    #[must_use]
    pub fn imports(&self) -> bool {
        self.import || self.handler == Handler::Site
    }

    /// From when on: the date the owner picked, else where the site handles orders, when it began to.
    #[must_use]
    pub fn imports_since(&self) -> Option<Instant> {
        let begun = self.start.filter(|_| self.handler == Handler::Site);
        self.import_start.or(begun).filter(|_| self.imports())
    }
}

impl Default for OrderSettings {
    fn default() -> Self {
        Self {
            to_pos: true,
            automatic: true,
            start: None,
            statuses: vec!["processing".into(), "completed".into()],
            retry: true,
            retry_minutes: 60,
            retry_last: 1000,
            retry_tries: 5,
            match_sku: false,
            unknown_line: UnknownLineRule::Fail,
            new_category: None,
            shipping: true,
            shipping_code: "DONGBOSHIP".into(),
            fee_code: "DONGBOPHI".into(),
            taxes: Vec::new(),
            unmapped_tax: UnmappedTax::Inclusive,
            payments: Vec::new(),
            channel: None,
            seller: None,
            places: Vec::new(),
            currency: "VND".into(),
            rates: Vec::new(),
            create_customers: true,
            cancel: true,
            cancel_trashed: true,
            void_payments: false,
            invoice_when_completed: false,
            status_to_site: true,
            handler: Handler::Pos,
            status_rules: Vec::new(),
            import: false,
            import_start: None,
        }
    }
}

/// Which role stands for a customer group (G2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupRule {
    /// The POS group's id.
    pub group: String,
    /// The site's role.
    pub role: String,
}

/// The choices for customers (A5, G2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerSettings {
    /// Customers of the site go to the POS, beyond those that order.
    pub to_pos: bool,
    /// Customers of the POS come to the site.
    pub to_site: bool,
    /// Only customers made from here on go to the POS, unless asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Instant>,
    /// Groups of the POS become roles of the site, by [`CustomerSettings::group_roles`].
    pub groups_to_site: bool,
    /// Roles of the site put customers into groups of the POS.
    pub groups_to_pos: bool,
    /// Which role stands for which group.
    pub group_roles: Vec<GroupRule>,
}
