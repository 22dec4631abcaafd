//! What a plan looks things up in: the request's shared parts, and one family's rows.

use super::{FamilyInput, GoodsInput, Hold, Operation};
use crate::goods::{category::Places, selection::Selected, sku_key, weight::Scale};
use crate::model::{
    Book, BookPrice, Branch, Good, Instant, Link, LinkKind, LinkState, ShopProduct,
};
use crate::prices::{in_force, next_date, Chosen};
use crate::settings::{Direction, Settings, Units};
use crate::stock::Rows;
use crate::text::{trim, Keys};
use std::cell::{Cell, OnceCell};

/// What all families of a request share.
pub(super) struct Shared<'a> {
    pub settings: &'a Settings,
    pub now: Instant,
    pub chosen: Chosen<'a>,
    pub places: Places<'a>,
    pub weights: Scale,
    /// A chosen branch that is closed or gone: stock is not written while there is one (A4).
    pub closed_branch: Option<(&'a str, &'a str)>,
    /// Plans are counted for the stopper.
    pub count: bool,
    /// Plans are hashed for a preview.
    pub hash: bool,
    pub selected: Selected<'a>,
    /// The books of roles that are in force (C6).
    pub roles: Vec<(&'a str, &'a Book)>,
    /// Books whose dates matter to prices by role.
    role_books: Vec<&'a Book>,
    pub brands: bool,
    /// Products are turned into others, and attributes are taken away (B2).
    pub restructure: bool,
    /// Every decision is noted with its operation.
    pub explain: bool,
    /// What drifts is set back to what the POS says.
    pub repair: bool,
    branches: &'a [Branch],
}

impl<'a> Shared<'a> {
    /// `settings` are those of this run ([`Settings::of_run`]).
    pub fn new(input: &'a GoodsInput, settings: &'a Settings) -> Self {
        let find = |id: &str| input.books.iter().find(|book| book.id == id);
        let role_books: Vec<(&str, &Book)> = settings
            .role_books
            .iter()
            .filter_map(|one| find(&one.book).map(|book| (one.role.as_str(), book)))
            .collect();
        Self {
            settings,
            now: input.now,
            chosen: Chosen::new(settings, &input.books, input.now),
            places: Places::new(&input.category_links),
            weights: Scale::new(settings.pos_weight_unit, settings.store_weight_unit),
            closed_branch: closed_branch(settings, &input.branches),
            count: input.count,
            hash: input.hash,
            selected: Selected::new(&settings.selection, &input.categories),
            roles: role_books
                .iter()
                .filter(|(_, book)| in_force(book, settings.order_branch.as_deref(), input.now))
                .copied()
                .collect(),
            role_books: role_books.iter().map(|(_, book)| *book).collect(),
            brands: input.brands,
            restructure: input.restructure,
            explain: input.explain,
            repair: input.repair,
            branches: &input.branches,
        }
    }

    /// What a person calls a branch.
    pub fn branch_name<'b>(&'b self, id: &'b str) -> &'b str {
        let found = self.branches.iter().find(|branch| branch.id == id);
        found.map_or(id, |branch| branch.name.as_str())
    }
}

/// Id and name of the first chosen branch that is closed or not in the list (any more).
fn closed_branch<'a>(settings: &'a Settings, branches: &'a [Branch]) -> Option<(&'a str, &'a str)> {
    if branches.is_empty() {
        return None;
    }
    settings
        .branches
        .iter()
        .find_map(|id| match branches.iter().find(|branch| branch.id == *id) {
            Some(branch) if branch.active => None,
            Some(branch) => Some((branch.id.as_str(), branch.name.as_str())),
            None => Some((id.as_str(), id.as_str())),
        })
}

/// One family, with what it is looked up by. What only some families need is sorted when it is
/// first asked for.
pub(super) struct Family<'a> {
    pub shared: &'a Shared<'a>,
    pub input: &'a FamilyInput,
    /// The rows in the order of their ids, the order in which the POS made them.
    pub rows: Vec<&'a Good>,
    /// Rows that were deleted in the POS (B8): they take part in nothing.
    pub deleted: Vec<&'a Good>,
    /// The product this plan turns into the family's: its SKU and barcode are free for its row.
    pub converted: Cell<Option<i64>>,
    /// What makes room for SKUs, before anything else.
    pub first: Cell<Vec<Operation>>,
    /// Holds that are over, in the order in which they were met.
    pub released: Cell<Vec<Hold>>,
    /// Products with fields that belong in the POS (B5).
    pushed: Cell<Vec<i64>>,
    links: Keys<'a>,
    products: Vec<(i64, usize)>,
    prices: Keys<'a>,
    by_id: OnceCell<Keys<'a>>,
    materials: OnceCell<Keys<'a>>,
    skus: OnceCell<Keys<'a>>,
    barcodes: OnceCell<Keys<'a>>,
    shop_skus: OnceCell<Vec<String>>,
}

impl<'a> Family<'a> {
    pub fn new(shared: &'a Shared<'a>, input: &'a FamilyInput) -> Self {
        let links = input.links.iter().enumerate();
        let links = links.filter(|(_, link)| link.kind == LinkKind::Good);
        let prices = input.prices.iter().enumerate();
        Self {
            shared,
            input,
            rows: in_order(&input.goods, false),
            deleted: in_order(&input.goods, true),
            converted: Cell::new(None),
            first: Cell::default(),
            released: Cell::default(),
            pushed: Cell::default(),
            links: Keys::new(
                links
                    .map(|(at, link)| (link.remote_id.as_str(), at))
                    .collect(),
            ),
            products: by_number(&input.shop),
            prices: Keys::new(
                prices
                    .map(|(at, price)| (price.good_id.as_str(), at))
                    .collect(),
            ),
            by_id: OnceCell::new(),
            materials: OnceCell::new(),
            skus: OnceCell::new(),
            barcodes: OnceCell::new(),
            shop_skus: OnceCell::new(),
        }
    }

    /// Whether a row becomes a product (B3); others take part in no comparison.
    pub fn becomes(&self, row: &Good) -> bool {
        row.base_id.is_none() || self.shared.settings.units != Units::BaseOnly
    }

    /// Rows that become products, by a text of theirs.
    fn keys(&self, of: fn(&'a Good) -> &'a str) -> Keys<'a> {
        let rows = self
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| self.becomes(row));
        let keys = rows.map(|(at, row)| (of(row), at));
        Keys::new(keys.filter(|(key, _)| !key.is_empty()).collect())
    }

    /// The link of a row.
    pub fn link(&self, row: &Good) -> Option<&'a Link> {
        self.links
            .first(&row.id)
            .and_then(|at| self.input.links.get(at))
    }

    /// The row of this family whose followed link holds the product.
    pub fn row_of(&self, product: &ShopProduct) -> Option<&'a Good> {
        let mut links = self.input.links.iter();
        let link = links.find(|link| {
            link.shop_id == product.id
                && link.kind == LinkKind::Good
                && link.state == LinkState::Active
        })?;
        self.rows
            .iter()
            .find(|row| row.id == link.remote_id)
            .copied()
    }

    /// What a person has undone of a row.
    pub fn holds(&self, row: &Good) -> Vec<&'a Hold> {
        let holds = self.input.holds.iter();
        holds.filter(|hold| hold.remote_id == row.id).collect()
    }

    /// A field of this product belongs in the POS; false when nothing goes there.
    pub fn push(&self, product: Option<&ShopProduct>) -> bool {
        let Some(product) = product.filter(|_| self.shared.settings.push.goods != Direction::Off)
        else {
            return false;
        };
        let mut pushed = self.pushed.take();
        let whole = if product.parent > 0 {
            product.parent
        } else {
            product.id
        };
        if !pushed.contains(&whole) {
            pushed.push(whole);
        }
        self.pushed.set(pushed);
        true
    }

    /// What [`Self::push`] gathered.
    pub fn pushed(&self) -> Vec<i64> {
        self.pushed.take()
    }

    /// Holds that this plan found to be over.
    pub fn release(&self, mut released: Vec<Hold>) {
        let mut all = self.released.take();
        all.append(&mut released);
        self.released.set(all);
    }

    /// The link of a family product.
    pub fn family_link(&self, id: &str) -> Option<&'a Link> {
        let mut links = self.input.links.iter();
        links.find(|link| link.kind == LinkKind::Family && link.remote_id == id)
    }

    /// A product or variation of the shop by its id.
    pub fn product(&self, id: i64) -> Option<&'a ShopProduct> {
        let at = self
            .products
            .binary_search_by_key(&id, |(other, _)| *other)
            .ok()?;
        self.products
            .get(at)
            .and_then(|(_, at)| self.input.shop.get(*at))
    }

    /// Whether a link of this family, or of another, holds the product.
    pub fn is_linked(&self, product: &ShopProduct) -> bool {
        product.linked_to.is_some()
            || self
                .input
                .links
                .iter()
                .any(|link| link.shop_id == product.id)
    }

    /// The prices of a row in books.
    pub fn prices(&self, row: &Good) -> impl Iterator<Item = &'a BookPrice> + '_ {
        self.prices
            .all(&row.id)
            .iter()
            .filter_map(|(_, at)| self.input.prices.get(*at))
    }

    /// Another row of the family with the same SKU.
    pub fn sku_twin(&self, row: &Good) -> Option<&'a Good> {
        self.other(
            self.skus.get_or_init(|| self.keys(|row| &row.sku_key)),
            &row.sku_key,
            row,
        )
    }

    /// Another row of the family with the same barcode.
    pub fn barcode_twin(&self, row: &Good, barcode: &str) -> Option<&'a Good> {
        let keys = self
            .barcodes
            .get_or_init(|| self.keys(|row| trim(row.barcode.as_deref().unwrap_or(""))));
        self.other(keys, barcode, row)
    }

    fn other(&self, keys: &Keys<'a>, key: &str, row: &Good) -> Option<&'a Good> {
        let mut rows = keys
            .all(key)
            .iter()
            .filter_map(|(_, at)| self.rows.get(*at).copied());
        rows.find(|other| other.id != row.id)
    }

    /// The shop's products, the oldest first.
    pub fn products(&self) -> impl Iterator<Item = &'a ShopProduct> + '_ {
        self.products
            .iter()
            .filter_map(|(_, at)| self.input.shop.get(*at))
    }

    /// The shop's products that hold an SKU, as people compare SKUs, the oldest first.
    pub fn holders<'b>(&'b self, key: &'b str) -> impl Iterator<Item = &'a ShopProduct> + 'b {
        let keys = || {
            self.products()
                .map(|product| sku_key(&product.sku))
                .collect()
        };
        let keys: &'b [String] = self.shop_skus.get_or_init(keys);
        let found = self.products().zip(keys);
        found
            .filter(move |(_, other)| !key.is_empty() && *other == key)
            .map(|(product, _)| product)
    }

    /// The next instant at which a book of these goods starts or ends (C4).
    pub fn due(&self) -> Option<Instant> {
        let chosen = &self.shared.chosen;
        let of = |book: Option<&Book>| {
            let book = book?;
            let holds = self
                .input
                .prices
                .iter()
                .any(|price| price.book_id == book.id);
            next_date(book, self.shared.now).filter(|_| holds)
        };
        let roles = self.shared.role_books.iter().map(|book| of(Some(book)));
        [of(chosen.regular), of(chosen.sale)]
            .into_iter()
            .chain(roles)
            .flatten()
            .min()
    }
}

/// Thousandths of a unit, in thousandths of its base unit; a part of a thousandth counts as one.
fn in_base_units(quantity: i64, unit: &Good) -> i64 {
    const MILLION: i64 = 1_000_000;
    let ratio = if unit.base_id.is_some() && unit.conversion.0 > 0 {
        unit.conversion.0
    } else {
        MILLION
    };
    let product = quantity.max(0).saturating_mul(ratio);
    let whole = product.checked_div(MILLION).unwrap_or(0);
    let rest = product.checked_rem(MILLION).unwrap_or(0);
    whole.saturating_add(i64::from(rest > 0))
}

impl<'a> Rows<'a> for Family<'a> {
    fn pending(&self, good: &Good) -> i64 {
        let mut sum: i64 = 0;
        for held in self.input.pending.iter().flatten() {
            let amount = match self.row(&held.good_id) {
                Some(row) if row.base_id.as_deref().unwrap_or(&row.id) == good.id => {
                    in_base_units(held.quantity.0, row)
                }
                // A unit row whose base row is not known keeps a number of its own.
                Some(row) if row.id == good.id => held.quantity.0.max(0),
                _ => 0,
            };
            sum = sum.saturating_add(amount);
        }
        sum
    }

    fn row(&self, id: &str) -> Option<&'a Good> {
        let by_id = self.by_id.get_or_init(|| ids(self.rows.iter().copied()));
        if let Some(at) = by_id.first(id) {
            return self.rows.get(at).copied();
        }
        let materials = self
            .materials
            .get_or_init(|| ids(self.input.materials.iter()));
        // A component that was deleted in the POS is as good as unknown.
        materials
            .first(id)
            .and_then(|at| self.input.materials.get(at))
            .filter(|row| !row.deleted)
    }
}

fn ids<'a>(goods: impl Iterator<Item = &'a Good>) -> Keys<'a> {
    Keys::new(
        goods
            .enumerate()
            .map(|(at, row)| (row.id.as_str(), at))
            .collect(),
    )
}

/// Ids are numbers as text: the shorter is the smaller. Inserted one by one, since lists come
/// nearly sorted and a sort of its own would cost 10 KB of PHP.
fn in_order(goods: &[Good], deleted: bool) -> Vec<&Good> {
    let mut rows: Vec<&Good> = Vec::new();
    for good in goods.iter().filter(|good| good.deleted == deleted) {
        let key = (good.id.len(), good.id.as_str());
        let at = rows.partition_point(|other| (other.id.len(), other.id.as_str()) <= key);
        rows.insert(at, good);
    }
    rows
}

fn by_number(shop: &[ShopProduct]) -> Vec<(i64, usize)> {
    let mut products: Vec<(i64, usize)> = Vec::with_capacity(shop.len());
    for (place, product) in shop.iter().enumerate() {
        let at = products.partition_point(|(id, _)| *id <= product.id);
        products.insert(at, (product.id, place));
    }
    products
}
