//! The shop owner's choices, with their defaults (product.md H7: defaults are visible).
//!
//! The shell stores what was changed and passes the record as it is; every default is here.

mod orders;
mod push;

pub use orders::{
    CustomerSettings, GroupRule, Handler, OrderSettings, PayMethod, PayRule, PlaceRule, RateRule,
    StatusOf, StatusRule, TaxRule, UnknownLineRule, UnmappedTax,
};
pub use push::{PushCategory, PushCost, PushSettings};

use crate::model::{Instant, Quantity};
use serde::{Deserialize, Serialize};

/// How an unlinked row finds its product (B4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatchKey {
    /// By SKU: goods on both sides.
    #[default]
    Sku,
    /// Never matches an unlinked product: goods only in the POS.
    PosId,
}

/// Who decides a field (B5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// The POS decides, always.
    Always,
    /// Written when the product is created, then the site's.
    OnCreate,
    /// Never written (name and price still are, on creation).
    Never,
    /// The site decides; edits go to the POS.
    SiteOwns,
}

/// The policy of every field (B5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policies {
    /// Title.
    pub name: Policy,
    /// Description.
    pub description: Policy,
    /// Categories.
    pub categories: Policy,
    /// Regular price.
    pub price: Policy,
    /// Sale price and its dates.
    pub sale_price: Policy,
    /// Stock.
    pub stock: Policy,
    /// SKU.
    pub sku: Policy,
    /// Barcode (GTIN).
    pub barcode: Policy,
    /// Weight.
    pub weight: Policy,
    /// Attributes of variable products.
    pub attributes: Policy,
    /// Brand (B13).
    pub brand: Policy,
    /// Tax class (B13).
    pub tax_class: Policy,
    /// Whether a product is shown: status and catalogue visibility, as stopped goods ask for (B7).
    pub visibility: Policy,
    /// Images (B11).
    pub images: Policy,
}

impl Default for Policies {
    fn default() -> Self {
        Self {
            name: Policy::OnCreate,
            description: Policy::OnCreate,
            categories: Policy::OnCreate,
            price: Policy::Always,
            sale_price: Policy::Always,
            stock: Policy::Always,
            sku: Policy::Always,
            barcode: Policy::OnCreate,
            weight: Policy::OnCreate,
            attributes: Policy::Always,
            brand: Policy::OnCreate,
            tax_class: Policy::OnCreate,
            visibility: Policy::Always,
            images: Policy::OnCreate,
        }
    }
}

/// What to do with goods that are stopped or not sold directly (B7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unsold {
    /// Keep showing.
    Show,
    /// Show as out of stock.
    OutOfStock,
    /// Hide from the catalogue.
    Hide,
    /// Make it a draft.
    Draft,
}

/// Which rows of a unit family become products (B3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Units {
    /// Each unit is a product of its own.
    #[default]
    Each,
    /// Only the base unit.
    BaseOnly,
}

/// How new products arrive (B9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewStatus {
    /// Published.
    #[default]
    Publish,
    /// Draft.
    Draft,
    /// Published, hidden from the catalogue.
    Hidden,
}

/// A unit of weight (B10). POS weights are g or kg [UNSURE-13]; WooCommerce has four.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WeightUnit {
    /// Gram.
    G,
    /// Kilogram.
    Kg,
    /// Pound.
    Lbs,
    /// Ounce.
    Oz,
}

/// Which goods are kept in step at all (B6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Select {
    /// Every good.
    #[default]
    Everything,
    /// Goods of the chosen categories and the categories below them.
    Categories,
    /// The chosen goods.
    Goods,
}

/// The selection (B6). What is not in it is left as it is; nothing is removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Selection {
    /// Which goods.
    pub mode: Select,
    /// The chosen categories' POS ids, for [`Select::Categories`].
    pub categories: Vec<String>,
    /// The chosen goods' POS ids: the selection of [`Select::Goods`], and in every mode goods that
    /// come to the site even though new ones do not by themselves.
    pub goods: Vec<String>,
    /// Goods left out in every mode.
    pub except: Vec<String>,
    /// Goods that are new come to the site by themselves.
    pub new_goods: bool,
}

impl Default for Selection {
    fn default() -> Self {
        Self {
            mode: Select::Everything,
            categories: Vec::new(),
            goods: Vec::new(),
            except: Vec::new(),
            new_goods: true,
        }
    }
}

/// How images are taken over (B11); which ones is a matter of their policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImageSettings {
    /// Images are taken over at all.
    pub on: bool,
    /// An image of more megabytes is not fetched.
    pub megabytes: i64,
}

impl Default for ImageSettings {
    fn default() -> Self {
        Self {
            on: true,
            megabytes: 10,
        }
    }
}

/// Whether a direction of data is taken at all, and by whom it is started (A5, I7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Never.
    Off,
    /// Only by runs that a person starts.
    ByHand,
    /// By every run.
    #[default]
    Automatic,
}

/// The direction switches from the POS to the site (A5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Directions {
    /// Goods themselves: new products, and every field that is not named below.
    pub goods: Direction,
    /// Categories, and which ones a product lies in.
    pub categories: Direction,
    /// Regular and sale prices.
    pub prices: Direction,
    /// Stock.
    pub stock: Direction,
}

/// One row of the tax table (B13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxClass {
    /// The POS's tax as the reader tells it ([`crate::model::Good::tax`]): `khau_tru:8`.
    pub tax: String,
    /// WooCommerce's class; empty for the standard rate.
    pub class: String,
}

/// The price book that a user role sees (C6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleBook {
    /// WordPress's name of the role: `wholesale`.
    pub role: String,
    /// The book's id.
    pub book: String,
}

/// The settings that rules read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The branches whose stock counts (A4).
    pub branches: Vec<String>,
    /// The branch orders go to; prices are taken as valid for it (C3).
    pub order_branch: Option<String>,
    /// The book of the regular price; absent is the general price list (C1).
    pub regular_book: Option<String>,
    /// The book of the sale price; absent is none (C1).
    pub sale_book: Option<String>,
    /// Books of customer groups, by the role that sees their prices (C6).
    pub role_books: Vec<RoleBook>,
    /// Which tax class a tax of the POS is; empty leaves tax classes to the site (B13).
    pub tax_classes: Vec<TaxClass>,
    /// Keep the stock of each chosen branch for the shop front (A4).
    pub branch_stock: bool,
    /// Write prices of 0 (C2).
    pub allow_zero_price: bool,
    /// Subtract what orders hold from the stock (D1).
    pub count_reserved: bool,
    /// Kept back from every good, in thousandths (D1).
    pub safety_buffer: Quantity,
    /// Show decimal stock instead of whole numbers (D2).
    pub decimal_stock: bool,
    /// How an unlinked row finds its product (B4).
    pub match_key: MatchKey,
    /// Which goods are kept in step (B6).
    pub selection: Selection,
    /// Each unit a product, or the base unit only (B3).
    pub units: Units,
    /// A row alone with attributes becomes a simple product (B2).
    pub lone_variant_simple: bool,
    /// How new products arrive (B9).
    pub new_status: NewStatus,
    /// Stopped goods (B7).
    pub stopped: Unsold,
    /// Goods not sold directly (B7).
    pub not_sold: Unsold,
    /// Goods deleted in the POS (B8): what becomes of their products.
    pub deleted: Unsold,
    /// How many percent of the goods a run may set to 0, change in price by more than half, or
    /// take for deleted without asking (D4); at least 20 goods. 100 never asks.
    pub stopper_percent: i64,
    /// What is taken from the POS (A5).
    pub directions: Directions,
    /// This run was started by a person; told by the shell, never stored (I7).
    pub by_hand: bool,
    /// Runs start by themselves (I7).
    pub automatic: bool,
    /// Minutes between two runs of changes (I7).
    pub delta_minutes: i64,
    /// Hours between two full runs (I7).
    pub full_hours: i64,
    /// Field policies (B5).
    pub policies: Policies,
    /// Images (B11).
    pub images: ImageSettings,
    /// The POS's unit of weight (B10).
    pub pos_weight_unit: WeightUnit,
    /// The store's unit of weight (B10).
    pub store_weight_unit: WeightUnit,
    /// The store's decimals of a price: 0 for VND (C7).
    pub price_decimals: i64,
    /// WooCommerce keeps no stock at all: its own switch for the whole store is off (D2).
    pub stock_off: bool,
    /// Create categories deleted on the site by hand again (B12).
    pub recreate_categories: bool,
    /// Orders (A4, A5, E, F).
    pub orders: OrderSettings,
    /// Customers (A5, G2).
    pub customers: CustomerSettings,
    /// Goods to the POS (A5, B5, G1).
    pub push: PushSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            branches: Vec::new(),
            order_branch: None,
            regular_book: None,
            sale_book: None,
            role_books: Vec::new(),
            tax_classes: Vec::new(),
            branch_stock: false,
            allow_zero_price: false,
            count_reserved: true,
            safety_buffer: Quantity::ZERO,
            decimal_stock: false,
            match_key: MatchKey::Sku,
            selection: Selection::default(),
            units: Units::Each,
            lone_variant_simple: false,
            new_status: NewStatus::Publish,
            stopped: Unsold::OutOfStock,
            not_sold: Unsold::Show,
            deleted: Unsold::OutOfStock,
            stopper_percent: 20,
            directions: Directions::default(),
            by_hand: false,
            automatic: true,
            delta_minutes: 15,
            full_hours: 12,
            policies: Policies::default(),
            images: ImageSettings::default(),
            pos_weight_unit: WeightUnit::G,
            store_weight_unit: WeightUnit::Kg,
            price_decimals: 0,
            stock_off: false,
            recreate_categories: false,
            orders: OrderSettings::default(),
            customers: CustomerSettings::default(),
            push: PushSettings::default(),
        }
    }
}

impl Settings {
    /// The settings by which this run plans goods: a direction that it does not take is one in which
    /// nothing is ever written (A5). New products still get a price and a name.
    #[must_use]
    pub fn of_run(&self) -> Self {
        let mut run = self.clone();
        let policies = &mut run.policies;
        let never = |policies: &mut [&mut Policy]| {
            for policy in policies {
                **policy = Policy::Never;
            }
        };
        if !self.takes(self.directions.prices) {
            never(&mut [&mut policies.price, &mut policies.sale_price]);
        }
        if !self.takes(self.directions.stock) {
            never(&mut [&mut policies.stock]);
        }
        if !self.takes(self.directions.categories) {
            never(&mut [&mut policies.categories]);
        }
        if !self.takes(self.directions.goods) {
            never(&mut [
                &mut policies.name,
                &mut policies.description,
                &mut policies.categories,
                &mut policies.sku,
                &mut policies.barcode,
                &mut policies.weight,
                &mut policies.attributes,
                &mut policies.brand,
                &mut policies.tax_class,
                &mut policies.visibility,
                &mut policies.images,
            ]);
            run.selection.new_goods = false;
            run.selection.goods.clear();
        }
        run
    }

    /// Whether the POS's orders and invoices matter at all: orders of the site are among them, or
    /// they come to the site (F1, F4).
    #[must_use]
    pub fn follows_sales(&self) -> bool {
        self.orders.to_pos || self.orders.imports()
    }

    /// From when on orders and invoices of the POS matter, while nobody knows better: those of the
    /// site are not older than its first order that was sent, others not older than the date the
    /// owner picked (E1, F4).
    #[must_use]
    pub fn sales_since(&self) -> Option<Instant> {
        let import = self.orders.imports_since();
        let start = self.orders.start;
        match (import, start) {
            (Some(import), Some(start)) => Some(import.min(start)),
            (import, start) => import.or(start),
        }
    }

    /// Whether customers are kept in step in any way (G2, A5).
    #[must_use]
    pub fn follows_customers(&self) -> bool {
        let customers = &self.customers;
        customers.to_pos || customers.to_site || customers.groups_to_site || customers.groups_to_pos
    }

    /// Whether this run takes a direction.
    #[must_use]
    pub fn takes(&self, direction: Direction) -> bool {
        match direction {
            Direction::Off => false,
            Direction::ByHand => self.by_hand,
            Direction::Automatic => true,
        }
    }
}
