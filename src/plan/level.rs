//! Plans one unit level of a variant family: a variable product and its variations (product.md B2).

use super::context::Family;
use super::family::{known, linked, of_row, taken, Gathered, Refusal};
use super::level_product::{named_by_most, product, Product};
use super::matching::{by_values, find, made, named, Found};
use super::{carry, convert, parent, row, Operation, OperationKind, Parent, Reason};
use crate::goods::label::label;
use crate::goods::policy::Mode;
use crate::goods::units::{own_id, Level};
use crate::goods::variants::{Unfit, Variants, LONGEST};
use crate::model::{Good, Link, Param, Severity, ShopProduct, ShopType};
use crate::stock::param;
use crate::text::integer;

/// Where a row stands before its fields are looked at.
pub(super) enum Standing<'a> {
    /// Linked to a variation, or to a simple product from when the good was plain.
    Linked(&'a Link, &'a ShopProduct),
    /// Linked, but left alone.
    Refused(Refusal),
    /// Not linked.
    Found(Found<'a>),
}

/// One unit level with where its rows stand and what its rows' links call the family.
pub(super) struct Standings<'a> {
    pub level: &'a Level<'a>,
    pub rows: Vec<Standing<'a>>,
    pub own: String,
    pub named: Option<String>,
}

/// Looks every row of a level up.
pub(super) fn look_up<'a>(family: &Family<'a>, level: &'a Level<'a>) -> Standings<'a> {
    let rows: Vec<Standing<'a>> = level.rows.iter().map(|row| stand(family, row)).collect();
    let named = named_by_most(&rows);
    Standings {
        level,
        rows,
        own: own_id(&family.input.key, level),
        named,
    }
}

/// Plans one level under its family id.
pub(super) fn plan<'a>(
    family: &Family<'a>,
    standings: Standings<'a>,
    id: String,
    variants: &'a Variants<'a>,
    gathered: &mut Gathered,
) {
    let Standings {
        level,
        rows: standings,
        ..
    } = standings;
    let Some(speaker) = parent::speaker(family, level) else {
        return;
    };
    let unfit = variants.unfit();
    let mut standings = standings;
    let product = product(family, &id, &standings);
    let converted = converted(family, level, &product, &mut standings, &unfit);
    family.converted.set(converted.map(|(_, shop, _)| shop.id));
    let shop_id = match (&product, converted) {
        (_, Some((_, shop, _))) => Some(shop.id),
        (Product::Is(target), None) => target.shop.map(|shop| shop.id),
        (Product::ToCreate | Product::Not(_), None) => None,
    };
    // Where the family's variations belong; none while its product is still to be created.
    let home = match &product {
        Product::Not(refusal) => Some(refusal.shop_id),
        Product::ToCreate | Product::Is(_) => shop_id,
    };
    let settled = settled(&standings, &unfit);
    let mixed = standings.iter().any(
        |standing| matches!(standing, Standing::Linked(_, shop) if shop.kind == ShopType::Simple),
    );
    let barred = match &product {
        Product::Not(refusal) if refusal.kind == OperationKind::Skip => Some(refusal.code),
        Product::Not(_) => Some("parent-gone"),
        Product::ToCreate if mixed && converted.is_none() => Some("family-changed"),
        Product::ToCreate | Product::Is(_) => None,
    };
    let slot = gathered.operations.len();
    let under = Parent {
        shop_id,
        family: id.clone(),
    };
    let mut created = false;
    for (place, (row, standing)) in level.rows.iter().copied().zip(standings).enumerate() {
        let unfit = unfit.get(place).copied().flatten();
        let place = Place {
            variants,
            place,
            unfit,
            rows: &level.rows,
            home,
        };
        created |= variation(family, row, standing, &place, &under, barred, gathered);
    }
    if let Some((row, shop, link)) = converted {
        let own = |operation: &Operation| {
            operation.kind == OperationKind::Create && operation.remote_id == row.id
        };
        // Next to the conversion: the three stand or fall together.
        if let Some(at) = gathered.operations.iter().position(own) {
            let mut create = gathered.operations.remove(at);
            carry::over(&mut create, family, shop, link);
            gathered.operations.insert(slot, create);
        }
        let of = (row, shop, id);
        let [unlink, convert] =
            convert::plan(family, level, speaker, variants, of, &mut gathered.issues);
        gathered.operations.insert(slot, convert);
        gathered.operations.insert(slot, unlink);
        return;
    }
    let name = parent::name(speaker, level);
    let operation = match product {
        Product::Is(target) => {
            let target = parent::Target { settled, ..target };
            parent::plan(
                family,
                level,
                speaker,
                variants,
                target,
                &mut gathered.issues,
            )
        }
        Product::ToCreate if created => {
            let target = parent::Target {
                mode: Mode::Create,
                reason: "new",
                id,
                shop: None,
                remembered: &[],
                settled: Vec::new(),
            };
            parent::plan(
                family,
                level,
                speaker,
                variants,
                target,
                &mut gathered.issues,
            )
        }
        Product::ToCreate => return,
        Product::Not(refusal) => {
            let params = vec![param("product", &integer(refusal.shop_id))];
            let reason = Reason {
                code: refusal.code.into(),
                params: params.clone(),
            };
            if refusal.kind == OperationKind::Review {
                parent::note(
                    &mut gathered.issues,
                    &id,
                    &name,
                    Severity::Review,
                    refusal.code,
                    params,
                );
            }
            parent::who(id, name).nothing(refusal.kind, reason, Some(refusal.shop_id))
        }
    };
    gathered.operations.insert(slot, operation);
}

/// The row whose simple product becomes the family's, that product and the link between them; the
/// row is then one that has no product yet.
fn converted<'a>(
    family: &Family<'a>,
    level: &Level<'a>,
    product: &Product<'a>,
    standings: &mut [Standing<'a>],
    unfit: &[Option<Unfit>],
) -> Option<(&'a Good, &'a ShopProduct, &'a Link)> {
    if !family.shared.restructure || !matches!(product, Product::ToCreate) {
        return None;
    }
    let place = convert::choose(family, level, standings, unfit)?;
    let row = level.rows.get(place).copied()?;
    let standing = standings.get_mut(place)?;
    match std::mem::replace(standing, Standing::Found(Found::New)) {
        Standing::Linked(link, shop) => Some((row, shop, link)),
        other => {
            *standing = other;
            None
        }
    }
}

/// The variations whose attributes this plan brings into step.
fn settled(standings: &[Standing<'_>], unfit: &[Option<Unfit>]) -> Vec<i64> {
    let rows = standings.iter().zip(unfit);
    let settled = rows.filter_map(|(standing, unfit)| match standing {
        Standing::Linked(_, shop) if unfit.is_none() => Some(shop.id),
        _ => None,
    });
    settled.collect()
}

fn stand<'a>(family: &Family<'a>, row: &Good) -> Standing<'a> {
    match family.link(row) {
        Some(link) => match linked(family, link) {
            Ok(shop) => Standing::Linked(link, shop),
            Err(refusal) => Standing::Refused(refusal),
        },
        None => Standing::Found(find(family, row, true)),
    }
}

/// A row's place in its level.
struct Place<'p, 'a> {
    variants: &'p Variants<'a>,
    place: usize,
    unfit: Option<Unfit>,
    rows: &'p [&'a Good],
    home: Option<i64>,
}

impl<'p, 'a> Place<'p, 'a> {
    /// Whether a linked variation stands under the product of another family: the good has moved in
    /// the POS. It has no place among this family's values there, so its own are left as they are.
    fn is_elsewhere(&self, family: &Family<'_>, shop: &ShopProduct) -> bool {
        let parent = family.product(shop.parent);
        self.home != Some(shop.parent) && parent.is_some_and(|product| product.linked_to.is_some())
    }

    /// What to tell about a row that does not fit beside the others.
    fn trouble(&self) -> Option<(&'static str, Vec<Param>)> {
        Some(match self.unfit? {
            Unfit::Overlaps(other) => {
                let other = self
                    .rows
                    .get(other)
                    .map(|row| label(row))
                    .unwrap_or_default();
                let values = self.variants.text_of_row(self.place);
                let code = if values.is_empty() {
                    "variant-without-values"
                } else {
                    "variant-twice"
                };
                (code, vec![param("values", values), param("other", &other)])
            }
            Unfit::Twice => ("attribute-twice", Vec::new()),
            Unfit::TooLong => {
                let longest = i64::try_from(LONGEST).unwrap_or(i64::MAX);
                (
                    "attribute-too-long",
                    vec![param("longest", &integer(longest))],
                )
            }
        })
    }
}

/// Plans one row; tells whether it needs the family's product to be created.
fn variation<'a>(
    family: &Family<'a>,
    row: &'a Good,
    standing: Standing<'a>,
    place: &Place<'a, 'a>,
    under: &Parent,
    barred: Option<&'static str>,
    gathered: &mut Gathered,
) -> bool {
    let found = match standing {
        Standing::Refused(refusal) => {
            gathered.refuse(row, refusal);
            return false;
        }
        Standing::Linked(link, shop) => {
            let target = known(link, shop);
            kept_in_step(family, row, target, place, gathered);
            return false;
        }
        Standing::Found(Found::Unclear(code, params)) => {
            gathered.review(row, ShopType::Variation, None, code, params);
            return false;
        }
        Standing::Found(found) => found,
    };
    if let Some(code) = barred {
        hold_back(row, code, gathered);
        return false;
    }
    if let Some((code, params)) = place.trouble() {
        gathered.review(row, ShopType::Variation, None, code, params);
        return false;
    }
    let told = !place.variants.text_of_row(place.place).is_empty();
    let (found, matched) = match found {
        Found::New if told => (
            by_values(family, row, under.shop_id, |held| {
                place.variants.is_held(place.place, held)
            }),
            "values-match",
        ),
        found => (found, "sku-match"),
    };
    let target = match found {
        Found::Unclear(code, params) => {
            gathered.review(row, ShopType::Variation, None, code, params);
            return false;
        }
        Found::Own(shop) => {
            let (mode, reason) = made(shop);
            taken(mode, reason, shop, &under.family)
        }
        Found::Taken(shop) => taken(Mode::Link, matched, shop, &under.family),
        Found::New => row::Target {
            mode: Mode::Create,
            reason: "new",
            product: ShopType::Variation,
            shop: None,
            remembered: &[],
            parent: Some(under.clone()),
            variant: None,
            unit: "",
            lone: false,
        },
    };
    if let Some(shop) = target
        .shop
        .filter(|shop| under.shop_id != Some(shop.parent))
    {
        gathered.review(
            row,
            ShopType::Variation,
            None,
            "other-parent",
            named(row, shop),
        );
        return false;
    }
    let target = row::Target {
        variant: Some((place.variants, place.place)),
        ..target
    };
    gathered
        .operations
        .push(row::plan(family, row, target, &mut gathered.issues));
    true
}

/// A linked row: a variation, or a simple product from when the good was plain.
fn kept_in_step<'a>(
    family: &Family<'a>,
    row: &'a Good,
    target: row::Target<'a>,
    place: &Place<'a, 'a>,
    gathered: &mut Gathered,
) {
    let simple = target
        .shop
        .is_some_and(|shop| shop.kind == ShopType::Simple);
    let trouble = if simple {
        Some(("now-variant", Vec::new()))
    } else if let Some(shop) = target.shop.filter(|shop| place.is_elsewhere(family, shop)) {
        Some((
            "moved-family",
            named(row, family.product(shop.parent).unwrap_or(shop)),
        ))
    } else {
        place.trouble()
    };
    let fits = trouble.is_none();
    if let Some((code, params)) = trouble {
        row::note(&mut gathered.issues, row, Severity::Review, code, params);
    }
    let variant = fits.then_some((place.variants, place.place));
    let target = row::Target {
        variant,
        lone: simple,
        ..target
    };
    gathered
        .operations
        .push(row::plan(family, row, target, &mut gathered.issues));
}

/// A new row whose family's product cannot take it.
fn hold_back(row: &Good, code: &'static str, gathered: &mut Gathered) {
    if matches!(code, "paused" | "excluded") {
        let reason = Reason {
            code: code.into(),
            params: Vec::new(),
        };
        gathered
            .operations
            .push(of_row(row, ShopType::Variation).nothing(OperationKind::Skip, reason, None));
    } else {
        gathered.review(row, ShopType::Variation, None, code, Vec::new());
    }
}
