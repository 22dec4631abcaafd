//! The good of a row: looked for by its code, linked or made (product.md G1).

use super::{Pusher, ATTEMPTS};
use crate::goods::sku_key;
use crate::model::{Good, Link, LinkField, LinkKind, LinkState, ShopType};
use crate::pos::{owned, params};
use crate::push::body;
use crate::push::protocol::{PushOutcome, PushRow, PushSent, PushSku, PushStep as Step};

impl Pusher<'_> {
    /// Links a row with a good that is there; a good it had asked for is its own work.
    pub(super) fn link(&mut self, row: &PushRow, good: &Good) {
        if self.state.asked_rows.contains(&row.product.id) {
            return self.made(good.clone());
        }
        self.told.links.push(new_link(row, good, Vec::new()));
        self.result(PushOutcome::Linked, "", Vec::new(), Some(good));
    }

    /// A product without an SKU gets its good's code before the good is made: a sync that meets the
    /// good before its link is kept must find the product by it. False when the site does not take it.
    pub(super) fn name_code(&mut self, row: &PushRow) -> bool {
        let sku = self.view.code(row);
        if self.state.attempts >= ATTEMPTS {
            self.refuse("push-sku-refused", params(&[("sku", &sku)]));
            return false;
        }
        self.state.attempts = self.state.attempts.saturating_add(1);
        let shop_id = row.product.id;
        self.told.skus.push(PushSku { shop_id, sku });
        true
    }

    /// A good of the code is there.
    pub(super) fn found(&mut self, good: Good) {
        let Some(row) = self.view.row(self.state.row) else {
            return self.next();
        };
        if sku_key(&good.code) != sku_key(&self.view.code(row)) {
            return self.not_there();
        }
        if self.state.asked_rows.contains(&row.product.id) {
            return self.made(good);
        }
        if self.view.good(&good.id).is_some() || self.state.attempts >= ATTEMPTS {
            let label = crate::goods::label::label(&good);
            let code = self.view.code(row);
            self.refuse(
                "push-code-taken",
                params(&[("sku", &code), ("other", &label)]),
            );
            return self.next();
        }
        // The mirror learns of it, and the next turn judges it like every other.
        self.state.attempts = self.state.attempts.saturating_add(1);
        self.state.step = Step::Next;
        self.told.goods.push(good);
    }

    pub(super) fn not_there(&mut self) {
        if !self.may_come() {
            self.ask(Step::MakeGood);
        }
    }

    /// The good of the row was made.
    pub(super) fn made(&mut self, good: Good) {
        let Some(row) = self.view.row(self.state.row) else {
            return self.next();
        };
        self.state.unknown_since = None;
        self.state.step = Step::Next;
        if self.view.link(row.product.id).is_some() {
            // A sync has met it first, and found the product by its SKU.
            self.result(PushOutcome::Pushed, "", Vec::new(), Some(&good));
            return;
        }
        let mut fields = Vec::new();
        // What the POS begins with and what the site holds: as long as both stay so, neither is written.
        if !row.product.manage_stock {
            fields.push(remember("manage_stock", "yes", "no"));
        } else if body::opening(&self.view, row).is_none() {
            let held = row
                .product
                .stock
                .map(|held| crate::text::decimal(held.0, 3));
            fields.push(remember("manage_stock", "yes", "yes"));
            fields.push(remember("stock", "0", &held.unwrap_or_default()));
        }
        let mut link = new_link(row, &good, fields);
        if row.product.kind == ShopType::Variation {
            let family = self.view.master().unwrap_or_else(|| good.id.clone());
            link.family.clone_from(&family);
            let parent = self.view.context.product.product.id;
            if self.view.link(parent).is_none() {
                self.told.links.push(Link {
                    kind: LinkKind::Family,
                    remote_id: family.clone(),
                    shop_id: parent,
                    family,
                    state: LinkState::Active,
                    fields: Vec::new(),
                });
            }
        }
        self.told.links.push(link);
        self.result(PushOutcome::Pushed, "", Vec::new(), Some(&good));
        self.sent(row, &good, "created", String::new(), good.code.clone());
        self.told.goods.push(good);
    }

    /// The POS has taken a change (H6).
    pub(super) fn sent(
        &mut self,
        row: &PushRow,
        good: &Good,
        field: &str,
        before: String,
        after: String,
    ) {
        let product = &self.view.context.product.product;
        let mut name = owned("pos_");
        name.push_str(field);
        self.told.sent.push(PushSent {
            kind: owned("good"),
            remote_id: good.id.clone(),
            shop_id: row.product.id,
            label: crate::push::label(&row.product, &product.name),
            field: name,
            before,
            after,
        });
    }
}

fn new_link(row: &PushRow, good: &Good, fields: Vec<LinkField>) -> Link {
    Link {
        kind: LinkKind::Good,
        remote_id: good.id.clone(),
        shop_id: row.product.id,
        family: good.family_key.clone(),
        state: LinkState::Active,
        fields,
    }
}

fn remember(field: &str, pos: &str, shop: &str) -> LinkField {
    LinkField {
        field: owned(field),
        pos: owned(pos),
        shop: owned(shop),
    }
}
