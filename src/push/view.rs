//! What is to become of each row of a product, told from the context alone (product.md G1, B4, B5).
//!
//! | row | turn |
//! |---|---|
//! | linked, a field that the site owns differs | its good is changed ([`super::edit`]) |
//! | linked otherwise, paused, excluded | nothing |
//! | not linked, its SKU is one unlinked good's that fits | linked |
//! | not linked, its SKU is two goods', another product's, or an unfit good's | refused, named |
//! | not linked, its SKU is in the POS nowhere | made |
//! | nobody asked for it, and new ones do not go by themselves | nothing |

use super::edit::{self, Edits};
use super::protocol::{PushContext, PushRow};
use crate::goods::sku_key;
use crate::model::{Good, Link, LinkKind, LinkState, Param, ShopType};
use crate::pos::params;
use crate::settings::{Direction, Settings};
use crate::text::{fold, integer, same, trim};

/// SKUs longer than this lose their row in WooCommerce's lookup table.
const LONGEST_SKU: usize = 100;

/// What is to become of a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Turn<'a> {
    Nothing,
    Link(&'a Good),
    Create,
    Edit(&'a Good, Edits),
    Refuse(&'static str, Vec<Param>),
}

/// One product and what belongs to it.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub settings: &'a Settings,
    pub context: &'a PushContext,
    /// A person asked for it.
    pub by_hand: bool,
}

impl<'a> View<'a> {
    /// The rows, in the order in which they are pushed: the product, then its variations.
    pub fn rows(&self) -> Vec<&'a PushRow> {
        let mut rows = vec![&self.context.product];
        if self.is_variable() {
            rows.extend(&self.context.variations);
        }
        rows
    }

    /// A row of the product.
    pub fn row(&self, id: i64) -> Option<&'a PushRow> {
        self.rows().into_iter().find(|row| row.product.id == id)
    }

    pub fn is_variable(&self) -> bool {
        self.context.product.product.kind == ShopType::Variable
    }

    /// The link of a product or variation.
    pub fn link(&self, shop_id: i64) -> Option<&'a Link> {
        let mut links = self.context.links.iter();
        links.find(|link| link.shop_id == shop_id)
    }

    /// The link of a good.
    pub fn link_of(&self, good: &Good) -> Option<&'a Link> {
        let mut links = self.context.links.iter();
        links.find(|link| link.kind == LinkKind::Good && link.remote_id == good.id)
    }

    pub fn good(&self, id: &str) -> Option<&'a Good> {
        self.context.goods.iter().find(|good| good.id == id)
    }

    /// The code a row's good is to have: its SKU, else one made of the product's id.
    pub fn code(&self, row: &PushRow) -> String {
        let sku = trim(&row.product.sku);
        if !sku.is_empty() {
            return sku.into();
        }
        super::code_without_sku(row.product.id)
    }

    /// What is to become of a row.
    pub fn turn(&self, row: &'a PushRow) -> Turn<'a> {
        if let Some(link) = self.link(row.product.id) {
            return self.linked(row, link);
        }
        let parent = self.is_variable() && row.product.kind != ShopType::Variation;
        if parent || !self.may_create() {
            return Turn::Nothing;
        }
        if self.settings.push.goods == Direction::Off {
            return Turn::Refuse("push-off", Vec::new());
        }
        if let Some((code, values)) = self.unfit(row) {
            return Turn::Refuse(code, values);
        }
        self.unlinked(row)
    }

    /// New goods may be made: somebody asked for it, or they go by themselves once they are published.
    pub fn may_create(&self) -> bool {
        let push = &self.settings.push;
        let published = self.context.product.product.status == "publish";
        let by_itself = push.new_goods && push.goods == Direction::Automatic;
        self.by_hand || (by_itself && published)
    }

    fn linked(&self, row: &'a PushRow, link: &'a Link) -> Turn<'a> {
        let push = &self.settings.push;
        let takes =
            push.goods == Direction::Automatic || (push.goods == Direction::ByHand && self.by_hand);
        if !takes || link.state != LinkState::Active || row.product.status == "trash" {
            return Turn::Nothing;
        }
        let good = match link.kind {
            LinkKind::Good => self.good(&link.remote_id),
            // A unit level of its own is left alone; the first row speaks for the family.
            LinkKind::Family if link.family.contains('|') => None,
            LinkKind::Family => {
                let mut rows = self.context.goods.iter();
                self.good(&link.family).or_else(|| {
                    rows.find(|good| good.family_key == link.family && good.base_id.is_none())
                })
            }
        };
        let Some(good) = good.filter(|good| !good.deleted) else {
            return Turn::Nothing;
        };
        let edits = edit::edits(self, row, link, good);
        if edits.is_empty() {
            return Turn::Nothing;
        }
        Turn::Edit(good, edits)
    }

    /// Why a row cannot be in the POS at all.
    fn unfit(&self, row: &PushRow) -> Option<(&'static str, Vec<Param>)> {
        let product = &row.product;
        let told = |code, values: &[(&str, &str)]| Some((code, params(values)));
        let parent = &self.context.product.product;
        if !matches!(
            product.kind,
            ShopType::Simple | ShopType::Variation | ShopType::Variable
        ) {
            return told("push-type-unfit", &[]);
        }
        if [&product.status, &parent.status]
            .iter()
            .any(|status| matches!(status.as_str(), "trash" | "auto-draft"))
        {
            return told("push-in-trash", &[]);
        }
        if trim(&parent.name).is_empty() {
            return told("push-name-missing", &[]);
        }
        let wanted = &self.settings.orders.currency;
        if !same(&self.context.currency, wanted) {
            return told(
                "push-currency",
                &[("currency", &self.context.currency), ("wanted", wanted)],
            );
        }
        if super::body::price(&product.regular_price).is_none() {
            return told("push-price-missing", &[]);
        }
        let sku = trim(&product.sku);
        if sku.chars().count() > LONGEST_SKU {
            return told("push-sku-too-long", &[("sku", sku)]);
        }
        let key = sku_key(sku);
        let mut twins = self.context.twins.iter();
        if let Some(twin) = twins.find(|twin| !key.is_empty() && twin.sku_key == key) {
            return told("push-sku-twice", &[("sku", sku), ("other", &twin.label)]);
        }
        if product.kind == ShopType::Variation {
            return self.unfit_variation(row);
        }
        None
    }

    fn unfit_variation(&self, row: &PushRow) -> Option<(&'static str, Vec<Param>)> {
        let product = &row.product;
        let open = |attribute: &&crate::model::ShopAttribute| attribute.values.len() != 1;
        if product.attributes.is_empty() {
            return Some(("push-attribute-any", Vec::new()));
        }
        if let Some(attribute) = product.attributes.iter().find(open) {
            let values = params(&[("attribute", &attribute.name)]);
            return Some(("push-attribute-any", values));
        }
        let text = fold(&crate::goods::variants::held_text(&product.attributes));
        let mut others = self.context.variations.iter();
        let twin = others.find(|other| {
            other.product.id < product.id
                && other.product.status != "trash"
                && fold(&crate::goods::variants::held_text(
                    &other.product.attributes,
                )) == text
        });
        twin.map(|other| {
            let values = params(&[("other", &integer(other.product.id))]);
            ("push-attributes-twice", values)
        })
    }

    /// A row that is not linked: its SKU decides (B4).
    fn unlinked(&self, row: &'a PushRow) -> Turn<'a> {
        let code = self.code(row);
        let key = sku_key(&code);
        let mut fits = self
            .context
            .goods
            .iter()
            .filter(|good| good.sku_key == key && !good.deleted);
        let Some(good) = fits.next() else {
            return self.family_fits(row);
        };
        let named = |other: &str| params(&[("sku", &code), ("other", other)]);
        if let Some(other) = fits.next() {
            let other = crate::goods::label::label(other);
            return Turn::Refuse("push-sku-twice-pos", named(&other));
        }
        let label = crate::goods::label::label(good);
        if self.link_of(good).is_some() {
            return Turn::Refuse("push-code-linked", named(&label));
        }
        let generated = sku_key(&super::code_without_sku(row.product.id)) == key;
        if generated && !same(&good.name, &self.context.product.product.name) {
            return Turn::Refuse("push-code-taken", named(&label));
        }
        if row.product.kind == ShopType::Simple && good.has_variants {
            return Turn::Refuse("push-good-is-variant", named(&label));
        }
        Turn::Link(good)
    }

    /// A new variation joins the family its siblings are of, when that is one that can take it.
    fn family_fits(&self, row: &PushRow) -> Turn<'a> {
        if row.product.kind != ShopType::Variation {
            return Turn::Create;
        }
        let mut master: Option<&Good> = None;
        for good in self.siblings() {
            if !good.has_variants {
                let label = crate::goods::label::label(good);
                return Turn::Refuse("push-family-plain", params(&[("other", &label)]));
            }
            match master {
                Some(first) if first.family_key != good.family_key => {
                    let (one, two) = (
                        crate::goods::label::label(first),
                        crate::goods::label::label(good),
                    );
                    let values = params(&[("one", &one), ("two", &two)]);
                    return Turn::Refuse("push-families-differ", values);
                }
                Some(_) => {}
                None => master = Some(good),
            }
        }
        Turn::Create
    }

    /// The goods of the product's linked variations.
    fn siblings(&self) -> impl Iterator<Item = &'a Good> + '_ {
        let variations = self.context.variations.iter();
        variations.filter_map(|row| {
            let link = self.link(row.product.id)?;
            self.good(&link.remote_id)
        })
    }

    /// The good that a new variation's is to hang on: the family's first row.
    pub fn master(&self) -> Option<String> {
        let first = self.siblings().next()?;
        let master = first.master_id.clone();
        Some(master.unwrap_or_else(|| first.family_key.clone()))
    }
}
