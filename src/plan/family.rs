//! Plans one family: its unit levels, each as one variable product or as simple products.
//!
//! ```text
//! rows ─ unit levels ─┬─ no variants: each row a simple product
//!                     └─ variants: one variable product, each row a variation
//! row ─ its link ─┬─ linked: update, or say why not (paused, gone, in the trash, another type)
//!                 └─ not linked: matching::find → create, link, or review
//! ```
//!
//! A row that is linked stays with its product, whatever became of its family in the POS: a linked
//! simple product of what is now a variant family (which is named), and a linked variation of what is now a
//! plain good, keep their prices and stock in step. Nothing is ever deleted.

use super::context::{Family, Shared};
use super::draft::Who;
use super::matching::{self, find, Found};
use super::{
    counts, deleted, hash, level, level_product, row, FamilyInput, FamilyPlan, Operation,
    OperationKind, Parent, Reason,
};
use crate::goods::label::label;
use crate::goods::policy::Mode;
use crate::goods::units::{levels, Level};
use crate::goods::variants::Variants;
use crate::model::{
    Good, Issue, Link, LinkKind, LinkState, Param, Severity, ShopProduct, ShopType,
};
use crate::stock::param;

/// What a family's plan is gathered in.
#[derive(Default)]
pub(super) struct Gathered {
    pub operations: Vec<Operation>,
    pub issues: Vec<Issue>,
}

/// Plans one family.
pub(super) fn plan(shared: &Shared<'_>, input: &FamilyInput) -> FamilyPlan {
    let family = Family::new(shared, input);
    let mut gathered = Gathered::default();
    let mut rows = Vec::with_capacity(family.rows.len());
    for row in &family.rows {
        if family.becomes(row) {
            rows.push(*row);
        } else {
            let reason = Reason {
                code: "base-only".into(),
                params: Vec::new(),
            };
            let link = family.link(row);
            let who = of_row(row, ShopType::Simple);
            gathered.operations.push(who.nothing(
                OperationKind::Skip,
                reason,
                link.map(|link| link.shop_id),
            ));
        }
    }
    let levels = levels(&rows);
    let bases = levels
        .first()
        .map_or(0, |level| if level.base { level.rows.len() } else { 0 });
    let attributed = rows.iter().any(|row| !row.attributes.is_empty());
    let lone = bases <= 1 && shared.settings.lone_variant_simple;
    let varied = bases > 1 || (attributed && !lone);
    let variants: Vec<Variants<'_>> = levels
        .iter()
        .map(|level| Variants::new(&level.rows))
        .collect();
    let mut products = Vec::new();
    for (level, variants) in levels.iter().zip(&variants) {
        if varied && (bases > 1 || !variants.is_empty()) {
            match left_out(&family, &level.rows) {
                Some(code) => {
                    for row in &level.rows {
                        gathered.leave_out(&family, row, ShopType::Variation, code);
                    }
                }
                None => products.push((level::look_up(&family, level), variants)),
            }
            continue;
        }
        for row in &level.rows {
            if let Some(code) = left_out(&family, &[*row]) {
                gathered.leave_out(&family, row, ShopType::Simple, code);
                continue;
            }
            plain(&family, row, level, attributed, &mut gathered);
        }
    }
    let (standings, variants): (Vec<_>, Vec<_>) = products.into_iter().unzip();
    let ids = level_product::family_ids(&standings);
    for ((standings, variants), id) in standings.into_iter().zip(variants).zip(ids) {
        level::plan(&family, standings, id, variants, &mut gathered);
    }
    deleted::plan(&family, &mut gathered);
    gathered.operations.splice(0..0, family.first.take());
    let counts = shared
        .count
        .then(|| counts::of(&family, &gathered.operations));
    let hash = shared.hash.then(|| hash::of(&gathered.operations));
    FamilyPlan {
        key: input.key.clone(),
        operations: gathered.operations,
        issues: gathered.issues,
        due: family.due(),
        counts,
        hash,
        released: family.released.take(),
        push: family.pushed(),
    }
}

/// Why the rows of one product are left as they are (B6): none is selected, or they are new and new
/// goods do not come by themselves.
fn left_out(family: &Family<'_>, rows: &[&Good]) -> Option<&'static str> {
    let selected = &family.shared.selected;
    if !rows.iter().any(|row| selected.has(row)) {
        return Some("not-selected");
    }
    let here = |row: &Good| {
        family.link(row).is_some() || matching::made_for(family, "good:", &row.id).is_some()
    };
    let comes = rows.iter().any(|row| selected.brings(row) || here(row));
    (!comes).then_some("not-automatic")
}

/// A row that is a product of its own.
fn plain<'a>(
    family: &Family<'a>,
    row: &'a Good,
    level: &'a Level<'a>,
    lone: bool,
    gathered: &mut Gathered,
) {
    let target = match family.link(row) {
        Some(link) => match linked(family, link) {
            Ok(shop) => known(link, shop),
            Err(operation) => return gathered.refuse(row, operation),
        },
        None => match find(family, row, false) {
            Found::New => row::Target {
                mode: Mode::Create,
                reason: "new",
                product: ShopType::Simple,
                shop: None,
                remembered: &[],
                parent: None,
                variant: None,
                unit: "",
                lone: false,
            },
            Found::Own(shop) if shop.kind == ShopType::Variable => {
                return gathered.review(
                    row,
                    ShopType::Simple,
                    None,
                    "type-unfit",
                    matching::named(row, shop),
                );
            }
            Found::Own(shop) => {
                let (mode, reason) = matching::made(shop);
                taken(mode, reason, shop, &family.input.key)
            }
            Found::Taken(shop) => taken(Mode::Link, "sku-match", shop, &family.input.key),
            Found::Unclear(code, params) => {
                return gathered.review(row, ShopType::Simple, None, code, params)
            }
        },
    };
    let target = row::Target {
        unit: level.unit,
        lone,
        ..target
    };
    long_name(row, &mut gathered.issues);
    let operation = row::plan(family, row, target, &mut gathered.issues);
    gathered.operations.push(operation);
}

/// A linked row's target: its product as it is.
pub(super) fn known<'a>(link: &'a Link, shop: &'a ShopProduct) -> row::Target<'a> {
    row::Target {
        remembered: &link.fields,
        ..taken(Mode::Update, "changed", shop, &link.family)
    }
}

/// A product that exists, as a target.
pub(super) fn taken<'a>(
    mode: Mode,
    reason: &'static str,
    shop: &'a ShopProduct,
    family: &str,
) -> row::Target<'a> {
    let parent = (shop.kind == ShopType::Variation).then(|| Parent {
        shop_id: Some(shop.parent),
        family: family.into(),
    });
    row::Target {
        mode,
        reason,
        product: shop.kind,
        shop: Some(shop),
        remembered: &[],
        parent,
        variant: None,
        unit: "",
        lone: false,
    }
}

/// What keeps a linked row from being written: kind of operation, code.
pub(super) struct Refusal {
    pub kind: OperationKind,
    pub code: &'static str,
    pub shop_id: i64,
}

/// The product a link of a row or of a family holds, or why it is left alone.
pub(super) fn linked<'a>(family: &Family<'a>, link: &Link) -> Result<&'a ShopProduct, Refusal> {
    let refuse = |kind, code| Refusal {
        kind,
        code,
        shop_id: link.shop_id,
    };
    match link.state {
        LinkState::Paused => return Err(refuse(OperationKind::Skip, "paused")),
        LinkState::Excluded => return Err(refuse(OperationKind::Skip, "excluded")),
        LinkState::Active => {}
    }
    let Some(shop) = family.product(link.shop_id) else {
        return Err(refuse(OperationKind::Review, "product-gone"));
    };
    if shop.status == "trash" {
        return Err(refuse(OperationKind::Review, "product-in-trash"));
    }
    let fits = match link.kind {
        LinkKind::Good => matches!(shop.kind, ShopType::Simple | ShopType::Variation),
        LinkKind::Family => shop.kind == ShopType::Variable,
    };
    if fits {
        Ok(shop)
    } else {
        Err(refuse(OperationKind::Review, "type-changed"))
    }
}

/// A row as the object of an operation.
pub(super) fn of_row(row: &Good, product: ShopType) -> Who {
    Who {
        kind: LinkKind::Good,
        id: row.id.clone(),
        label: label(row),
        product,
    }
}

fn long_name(row: &Good, issues: &mut Vec<Issue>) {
    if row::is_long(&row.name) {
        let length =
            crate::text::integer(i64::try_from(row.name.chars().count()).unwrap_or(i64::MAX));
        row::note(
            issues,
            row,
            Severity::Notice,
            "name-long",
            vec![param("length", &length)],
        );
    }
}

impl Gathered {
    /// A row for which a person has to decide: an operation for the list and an issue by name.
    pub fn review(
        &mut self,
        row: &Good,
        product: ShopType,
        shop_id: Option<i64>,
        code: &'static str,
        params: Vec<Param>,
    ) {
        row::note(
            &mut self.issues,
            row,
            Severity::Review,
            code,
            params.clone(),
        );
        let reason = Reason {
            code: code.into(),
            params,
        };
        self.operations
            .push(of_row(row, product).nothing(OperationKind::Review, reason, shop_id));
    }

    /// A row that is not selected: what it has in the shop stays as it is.
    fn leave_out(&mut self, family: &Family<'_>, row: &Good, product: ShopType, code: &str) {
        let link = family.link(row);
        let code = match link {
            Some(_) => "deselected",
            None => code,
        };
        let reason = Reason {
            code: code.into(),
            params: Vec::new(),
        };
        let who = of_row(row, product);
        self.operations.push(who.nothing(
            OperationKind::Skip,
            reason,
            link.map(|link| link.shop_id),
        ));
    }

    /// A linked row that is not written.
    pub fn refuse(&mut self, row: &Good, refusal: Refusal) {
        let Refusal {
            kind,
            code,
            shop_id,
        } = refusal;
        let params = match kind {
            OperationKind::Review => vec![param("product", &crate::text::integer(shop_id))],
            _ => Vec::new(),
        };
        if kind == OperationKind::Review {
            self.review(row, ShopType::Simple, Some(shop_id), code, params);
        } else {
            let reason = Reason {
                code: code.into(),
                params,
            };
            self.operations.push(of_row(row, ShopType::Simple).nothing(
                kind,
                reason,
                Some(shop_id),
            ));
        }
    }
}
