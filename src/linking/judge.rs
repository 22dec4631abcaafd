//! What each line of a list of links would do (product.md B4).
//!
//! | the good | the product | what happens |
//! |---|---|---|
//! | unlinked | unlinked, simple or a variation | linked |
//! | linked with this very product | — | kept; another state is set |
//! | linked with another product | unlinked | moved, if moving is allowed |
//! | any | linked with another good | refused, unless this list takes that good away from it |
//! | unknown, deleted, or a code that several have | — | refused |
//! | any | unknown, in the trash, variable, of another type, or an SKU that several have | refused |
//! | on two lines with different products | — | both refused: which is right is not for a machine to say |
//! | any | on two lines with different goods | both refused |

use super::because;
use super::pair::{Pair, PairState};
use crate::goods::sku_key;
use crate::model::{LinkState, Param, ShopType};
use crate::plan::Reason;
use crate::stock::param;
use crate::text::{integer, sort, Keys};
use serde::{Deserialize, Serialize};

/// What is known of a good.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GoodFact {
    /// Its id.
    pub id: String,
    /// Its SKU's key ([`crate::goods::sku_key`]).
    pub sku_key: String,
    /// What a person calls it.
    pub label: String,
    /// The mirror's key of its family.
    pub family: String,
    /// It was deleted in the POS.
    pub deleted: bool,
    /// The product it is linked with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shop_id: Option<i64>,
    /// Whether that link is followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<LinkState>,
}

/// What is known of a product or variation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductFact {
    /// Its id.
    pub id: i64,
    /// Its type.
    pub kind: ShopType,
    /// Its status.
    pub status: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its SKU.
    #[serde(default)]
    pub sku: String,
    /// The good or family it is linked with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub linked_to: Option<String>,
}

/// What [`judge_links`] is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinksInput {
    /// The lines.
    pub pairs: Vec<Pair>,
    /// Every good a line may mean, by id or by SKU.
    pub goods: Vec<GoodFact>,
    /// Every product a line may mean, by id or by SKU, and those the goods are linked with.
    pub products: Vec<ProductFact>,
    /// A good that is linked may be moved to another product.
    #[serde(default)]
    pub moving: bool,
}

/// What a line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// A new link.
    Link,
    /// The good's link goes to another product.
    Move,
    /// The link stands and gets another state.
    State,
    /// The link ends; both sides stay.
    Unlink,
    /// Nothing: it is so already.
    Keep,
    /// Nothing: it may not be.
    Refuse,
}

/// What becomes of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkVerdict {
    /// The line.
    pub line: i64,
    /// What it does.
    pub deed: Deed,
    /// The good; empty when it could not be told.
    pub good_id: String,
    /// What a person calls it.
    pub label: String,
    /// Its family, as it is stored with the link.
    pub family: String,
    /// The product; 0 when it could not be told.
    pub shop_id: i64,
    /// What a person calls it.
    pub product: String,
    /// The state the link has afterwards.
    pub state: LinkState,
    /// Why.
    pub reason: Reason,
}

/// The lines with what becomes of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinksJudged {
    /// One a line, in order.
    pub verdicts: Vec<LinkVerdict>,
}

/// A line whose good, and product where it names one, are known.
#[derive(Clone, Copy)]
struct Meant<'a> {
    good: &'a GoodFact,
    product: Option<&'a ProductFact>,
}

/// Judges a list of links.
#[must_use]
pub fn judge_links(input: LinksInput) -> LinksJudged {
    let skus: Vec<String> = input
        .products
        .iter()
        .map(|product| sku_key(&product.sku))
        .collect();
    let facts = Facts::new(&input, &skus);
    let meant: Vec<Result<Meant<'_>, Reason>> =
        input.pairs.iter().map(|pair| facts.meant(pair)).collect();
    let claims = Claims::new(&input.pairs, &meant);
    let lines = input.pairs.iter().zip(&meant);
    let verdicts = lines.map(|(pair, meant)| match meant {
        Ok(one) => one.judge(pair, &claims, input.moving),
        Err(reason) => LinkVerdict {
            line: pair.line,
            deed: Deed::Refuse,
            good_id: pair.good_id.clone(),
            label: pair.good_code.clone(),
            family: String::new(),
            shop_id: pair.shop_id,
            product: pair.sku.clone(),
            state: LinkState::Active,
            reason: reason.clone(),
        },
    });
    LinksJudged {
        verdicts: verdicts.collect(),
    }
}

/// Both sides, to look lines up in.
struct Facts<'a> {
    input: &'a LinksInput,
    goods: Keys<'a>,
    codes: Keys<'a>,
    skus: Keys<'a>,
    products: Vec<(i64, usize)>,
}

impl<'a> Facts<'a> {
    fn new(input: &'a LinksInput, skus: &'a [String]) -> Self {
        let keys = |of: fn(&'a GoodFact) -> &'a str| {
            Keys::new(
                input
                    .goods
                    .iter()
                    .map(of)
                    .enumerate()
                    .map(|(at, key)| (key, at))
                    .collect(),
            )
        };
        let mut products: Vec<(i64, usize)> = input
            .products
            .iter()
            .enumerate()
            .map(|(at, product)| (product.id, at))
            .collect();
        sort(&mut products, |a, b| a < b);
        Self {
            input,
            goods: keys(|good| &good.id),
            codes: keys(|good| &good.sku_key),
            skus: Keys::new(
                skus.iter()
                    .enumerate()
                    .map(|(at, key)| (key.as_str(), at))
                    .collect(),
            ),
            products,
        }
    }

    fn meant(&self, pair: &Pair) -> Result<Meant<'a>, Reason> {
        let good = self.good(pair)?;
        let product = if pair.shop_id == 0 && sku_key(&pair.sku).is_empty() {
            None
        } else {
            Some(self.product(pair)?)
        };
        if let Some(product) = product.filter(|product| good.shop_id == Some(product.id)) {
            return Ok(Meant {
                good,
                product: Some(product),
            });
        }
        agrees(pair, good, product)?;
        Ok(Meant { good, product })
    }

    fn good(&self, pair: &Pair) -> Result<&'a GoodFact, Reason> {
        if !pair.good_id.is_empty() {
            let found = self.goods.first(&pair.good_id);
            return found
                .and_then(|at| self.input.goods.get(at))
                .ok_or_else(|| because("good-unknown", Vec::new()));
        }
        let key = sku_key(&pair.good_code);
        let code = || vec![param("sku", &pair.good_code)];
        let found = if key.is_empty() {
            &[]
        } else {
            self.codes.all(&key)
        };
        let mut goods = found
            .iter()
            .filter_map(|(_, at)| self.input.goods.get(*at))
            .filter(|good| !good.deleted);
        match (goods.next(), goods.next()) {
            (Some(good), None) => Ok(good),
            (Some(_), Some(_)) => Err(because("pair-code-twice", code())),
            (None, _) => Err(because("pair-code-unknown", code())),
        }
    }

    fn product(&self, pair: &Pair) -> Result<&'a ProductFact, Reason> {
        if pair.shop_id != 0 {
            let id = pair.shop_id;
            let found = self.products.binary_search_by_key(&id, |(other, _)| *other);
            let at = found.ok().and_then(|at| self.products.get(at));
            return at
                .and_then(|(_, at)| self.input.products.get(*at))
                .ok_or_else(|| because("product-unknown", vec![param("product", &integer(id))]));
        }
        let key = sku_key(&pair.sku);
        let mut products = self
            .skus
            .all(&key)
            .iter()
            .filter_map(|(_, at)| self.input.products.get(*at))
            .filter(|product| product.status != "trash");
        match (products.next(), products.next()) {
            (Some(product), None) => Ok(product),
            (Some(one), Some(other)) => Err(because(
                "pair-sku-twice",
                vec![
                    param("sku", &pair.sku),
                    param("product", &integer(one.id)),
                    param("other", &integer(other.id)),
                ],
            )),
            (None, _) => Err(because("pair-sku-unknown", vec![param("sku", &pair.sku)])),
        }
    }
}

/// A line that names one side by id and by SKU must mean the same by both.
fn agrees(pair: &Pair, good: &GoodFact, product: Option<&ProductFact>) -> Result<(), Reason> {
    let code = sku_key(&pair.good_code);
    if !pair.good_id.is_empty() && !code.is_empty() && code != good.sku_key {
        let params = vec![
            param("id", &pair.good_id),
            param("sku", &pair.good_code),
            param("good", &good.label),
        ];
        return Err(because("pair-good-differs", params));
    }
    let Some(product) = product else {
        return Ok(());
    };
    let sku = sku_key(&pair.sku);
    if pair.shop_id != 0 && !sku.is_empty() && sku != sku_key(&product.sku) {
        let params = vec![
            param("product", &integer(pair.shop_id)),
            param("sku", &pair.sku),
            param("name", &product.name),
        ];
        return Err(because("pair-product-differs", params));
    }
    Ok(())
}

/// Which lines want a good or a product, and which goods leave their product.
struct Claims<'a> {
    goods: Keys<'a>,
    products: Vec<(i64, usize)>,
    lines: Vec<Claim<'a>>,
}

#[derive(Clone, Copy)]
struct Claim<'a> {
    line: i64,
    good: &'a str,
    product: Option<i64>,
}

impl<'a> Claims<'a> {
    fn new(pairs: &[Pair], meant: &[Result<Meant<'a>, Reason>]) -> Self {
        let mut lines = Vec::new();
        for (pair, one) in pairs.iter().zip(meant) {
            let Ok(one) = one else { continue };
            let unlinks = pair.state == Some(PairState::Unlinked);
            let product = one.product.filter(|_| !unlinks).map(|product| product.id);
            if product.is_some() || unlinks {
                lines.push(Claim {
                    line: pair.line,
                    good: &one.good.id,
                    product,
                });
            }
        }
        let goods = lines.iter().enumerate();
        let mut products: Vec<(i64, usize)> = lines
            .iter()
            .enumerate()
            .filter_map(|(at, claim)| claim.product.map(|product| (product, at)))
            .collect();
        sort(&mut products, |a, b| a < b);
        Self {
            goods: Keys::new(goods.map(|(at, claim)| (claim.good, at)).collect()),
            products,
            lines,
        }
    }

    /// Another line that wants the good for another product, or for none.
    fn rival_of_good(&self, good: &str, product: Option<i64>) -> Option<i64> {
        let all = self.goods.all(good).iter();
        let mut claims = all.filter_map(|(_, at)| self.lines.get(*at));
        let rival = claims.find(|claim| claim.product != product);
        rival.map(|claim| claim.line)
    }

    /// An earlier line that says the same.
    fn said_before(&self, line: i64, good: &str, product: i64) -> bool {
        let mut claims = self
            .goods
            .all(good)
            .iter()
            .filter_map(|(_, at)| self.lines.get(*at));
        claims.any(|claim| claim.line < line && claim.product == Some(product))
    }

    /// Another line that wants the product for another good.
    fn rival_of_product(&self, good: &str, product: i64) -> Option<i64> {
        let from = self.products.partition_point(|(id, _)| *id < product);
        let rest = self.products.get(from..).unwrap_or_default().iter();
        let mut claims = rest
            .take_while(|(id, _)| *id == product)
            .filter_map(|(_, at)| self.lines.get(*at));
        let rival = claims.find(|claim| claim.good != good);
        rival.map(|claim| claim.line)
    }

    /// Whether the list takes this product away from the good that has it.
    fn leaves(&self, good: &str, product: i64) -> bool {
        let claims = self.goods.all(good);
        let mut claims = claims.iter().filter_map(|(_, at)| self.lines.get(*at));
        claims
            .next()
            .is_some_and(|claim| claim.product != Some(product))
            && claims.next().is_none()
    }
}

impl Meant<'_> {
    fn judge(&self, pair: &Pair, claims: &Claims<'_>, moving: bool) -> LinkVerdict {
        let (deed, reason) = self.deed(pair, claims, moving);
        let stands = matches!(deed, Deed::Keep | Deed::Refuse | Deed::Unlink);
        let state = match pair.state {
            Some(PairState::Paused) if !stands => LinkState::Paused,
            Some(PairState::Excluded) if !stands => LinkState::Excluded,
            Some(PairState::Active) if !stands => LinkState::Active,
            _ => self.good.state.unwrap_or_default(),
        };
        LinkVerdict {
            line: pair.line,
            deed,
            good_id: self.good.id.clone(),
            label: self.good.label.clone(),
            family: self.good.family.clone(),
            shop_id: match (self.product, self.good.shop_id) {
                (Some(product), _) => product.id,
                (None, linked) => linked.unwrap_or(0),
            },
            product: self
                .product
                .map(|product| product.name.clone())
                .unwrap_or_default(),
            state,
            reason,
        }
    }

    fn deed(&self, pair: &Pair, claims: &Claims<'_>, moving: bool) -> (Deed, Reason) {
        let good = self.good;
        let refuse = |code: &str, params: Vec<Param>| (Deed::Refuse, because(code, params));
        let unlinks = pair.state == Some(PairState::Unlinked);
        let wanted = self.product.filter(|_| !unlinks);
        if let Some(line) = claims.rival_of_good(&good.id, wanted.map(|product| product.id)) {
            return refuse("pair-good-twice", vec![param("line", &integer(line))]);
        }
        if unlinks {
            let named = self
                .product
                .is_none_or(|product| good.shop_id == Some(product.id));
            return match good.shop_id {
                None => (Deed::Keep, because("pair-unlinked-already", Vec::new())),
                Some(other) if !named => {
                    refuse("good-linked", vec![param("product", &integer(other))])
                }
                Some(_) => (Deed::Unlink, because("pair-unlinks", Vec::new())),
            };
        }
        let Some(product) = wanted else {
            return self.state_only(pair);
        };
        if good.shop_id == Some(product.id) {
            return self.state_only(pair);
        }
        if good.deleted {
            return refuse("pair-good-deleted", Vec::new());
        }
        if claims.said_before(pair.line, &good.id, product.id) {
            return (Deed::Keep, because("pair-said-before", Vec::new()));
        }
        let named = || {
            vec![
                param("product", &integer(product.id)),
                param("name", &product.name),
            ]
        };
        if product.status == "trash" {
            return refuse("pair-product-in-trash", named());
        }
        match product.kind {
            ShopType::Simple | ShopType::Variation => {}
            ShopType::Variable => return refuse("pair-product-variable", named()),
            ShopType::Other => return refuse("pair-product-other", named()),
        }
        if let Some(line) = claims.rival_of_product(&good.id, product.id) {
            return refuse("pair-product-twice", vec![param("line", &integer(line))]);
        }
        if let Some(other) = good.shop_id.filter(|_| !moving) {
            return refuse("good-linked", vec![param("product", &integer(other))]);
        }
        if let Some(other) = &product.linked_to {
            if !claims.leaves(other, product.id) {
                let params = vec![
                    param("product", &integer(product.id)),
                    param("other", other),
                ];
                return refuse("product-linked", params);
            }
        }
        match good.shop_id {
            Some(other) => (
                Deed::Move,
                because("pair-moves", vec![param("product", &integer(other))]),
            ),
            None => (Deed::Link, because("pair-links", Vec::new())),
        }
    }

    /// A line whose link stands, or that names no product.
    fn state_only(&self, pair: &Pair) -> (Deed, Reason) {
        let Some(state) = self.good.state else {
            return (Deed::Refuse, because("good-not-linked", Vec::new()));
        };
        let wanted = match pair.state {
            None | Some(PairState::Unlinked) => state,
            Some(PairState::Active) => LinkState::Active,
            Some(PairState::Paused) => LinkState::Paused,
            Some(PairState::Excluded) => LinkState::Excluded,
        };
        if wanted == state {
            (Deed::Keep, because("pair-kept", Vec::new()))
        } else {
            (Deed::State, because("pair-state", Vec::new()))
        }
    }
}
