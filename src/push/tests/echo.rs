//! Edits on alternating sides: no write answers its own echo, and the two sides come to rest.

use crate::model::{
    Category, CategoryLink, Good, Link, LinkField, LinkKind, LinkState, Money, ShopProduct,
    ShopType, Term,
};
use crate::plan::{plan_goods, FamilyInput, GoodsInput, OperationKind};
use crate::push::{
    advance_push, AdvancePushInput, PushContext, PushReply, PushRequestKind, PushRow,
};
use crate::settings::{Policy, Settings};
use serde_json::{json, Value};

/// A repeatable stream of numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) % sides
    }
}

/// Both sides of one good, its link, and what has been written where.
struct World {
    settings: Settings,
    pos: Good,
    product: ShopProduct,
    link: Link,
    to_pos: usize,
    to_site: usize,
}

impl World {
    fn new() -> Self {
        let mut settings = Settings {
            branches: vec!["1".into()],
            ..Settings::default()
        };
        settings.policies.name = Policy::SiteOwns;
        settings.policies.weight = Policy::SiteOwns;
        settings.policies.barcode = Policy::SiteOwns;
        let pos = Good {
            id: "7".into(),
            code: "A".into(),
            name: "Chén".into(),
            active: true,
            sold_directly: true,
            price: Money(1_000_000),
            category_id: Some("3".into()),
            family_key: "7".into(),
            sku_key: "a".into(),
            ..Good::default()
        };
        let product: ShopProduct = serde_json::from_value(json!({
            "id": 70, "kind": "simple", "status": "publish", "visibility": "visible", "name": "Chén", "sku": "A",
            "regular_price": "10000", "categories": [5],
        }))
        .expect("a product");
        let link = Link {
            kind: LinkKind::Good,
            remote_id: "7".into(),
            shop_id: 70,
            family: "7".into(),
            state: LinkState::Active,
            fields: Vec::new(),
        };
        Self {
            settings,
            pos,
            product,
            link,
            to_pos: 0,
            to_site: 0,
        }
    }

    /// A sync: the POS's news come to the site by the plan.
    fn sync(&mut self) {
        let plan = plan_goods(GoodsInput {
            settings: self.settings.clone(),
            now: 0,
            branches: Vec::new(),
            books: Vec::new(),
            category_links: links(),
            categories: Vec::new(),
            families: vec![FamilyInput {
                key: "7".into(),
                goods: vec![self.pos.clone()],
                prices: Vec::new(),
                materials: Vec::new(),
                links: vec![self.link.clone()],
                shop: vec![self.product.clone()],
                pending: None,
                twins: Vec::new(),
                holds: Vec::new(),
            }],
            count: false,
            hash: false,
            restructure: false,
            brands: false,
            explain: false,
            repair: false,
        });
        for operation in &plan.families[0].operations {
            assert_ne!(operation.kind, OperationKind::Create);
            for change in &operation.changes {
                if let Some(after) = &change.after {
                    self.to_site += 1;
                    *self.site(&change.field) = after.clone();
                }
                let shop = self.site(&change.field).clone();
                self.remember(&change.field, &change.pos, &shop);
            }
        }
    }

    fn site(&mut self, field: &str) -> &mut String {
        match field {
            "name" => &mut self.product.name,
            "regular_price" => &mut self.product.regular_price,
            "weight" => &mut self.product.weight,
            "barcode" => &mut self.product.barcode,
            "sku" => &mut self.product.sku,
            "status" => &mut self.product.status,
            "visibility" => &mut self.product.visibility,
            "description" => &mut self.product.description_hash,
            _ => &mut self.product.brand,
        }
    }

    fn remember(&mut self, field: &str, pos: &str, shop: &str) {
        self.link.fields.retain(|last| last.field != field);
        self.link.fields.push(LinkField {
            field: field.into(),
            pos: pos.into(),
            shop: shop.into(),
        });
    }

    /// The site's news go to the POS.
    fn push(&mut self) {
        let mut state = None;
        let mut replies = Vec::new();
        for _ in 0..20 {
            let told = advance_push(AdvancePushInput {
                state,
                by_hand: false,
                settings: self.settings.clone(),
                now: 0,
                jitter: 0,
                tries: 0,
                context: self.context(),
                replies: std::mem::take(&mut replies),
            });
            for link in told.links {
                self.link = link;
            }
            if told.done.is_some() {
                return;
            }
            for request in &told.requests {
                if request.kind == PushRequestKind::Put {
                    self.to_pos += 1;
                    self.take(&serde_json::from_str(&request.body).expect("a body"));
                }
                replies.push(PushReply {
                    id: request.id,
                    goods: vec![self.pos.clone()],
                    ..PushReply::default()
                });
            }
            state = Some(told.state);
        }
        panic!("a push came to no end");
    }

    /// The POS keeps what it is sent in its own way: names of at most 12 letters, whole grams.
    fn take(&mut self, body: &Value) {
        if let Some(name) = body["name"].as_str() {
            self.pos.name = name.chars().take(12).collect();
        }
        if let Some(weight) = body["weight"].as_f64() {
            #[allow(clippy::cast_possible_truncation)]
            let grams = weight as i64;
            self.pos.weight = Some(grams * 1000);
        }
        if let Some(barcode) = body["barCode"].as_str() {
            self.pos.barcode = Some(barcode.into());
        }
        assert!(body.get("basePrice").is_none(), "the price is the POS's");
    }

    fn context(&self) -> PushContext {
        PushContext {
            product: PushRow {
                product: self.product.clone(),
                description: String::new(),
                images: Vec::new(),
                cost: String::new(),
            },
            variations: Vec::new(),
            links: vec![self.link.clone()],
            goods: vec![self.pos.clone()],
            twins: Vec::new(),
            categories: vec![Category {
                id: "3".into(),
                name: "Sứ".into(),
                parent_id: None,
            }],
            category_links: links(),
            terms: vec![Term {
                id: 5,
                name: "Sứ".into(),
                parent: 0,
            }],
            branches: Vec::new(),
            currency: "VND".into(),
        }
    }

    /// Both ways in turn until neither writes; how many turns that took.
    fn settle(&mut self) -> usize {
        for turn in 0..10 {
            let before = (self.to_pos, self.to_site);
            self.sync();
            self.push();
            if before == (self.to_pos, self.to_site) {
                return turn;
            }
        }
        panic!("the two sides answer each other for ever");
    }
}

fn links() -> Vec<CategoryLink> {
    vec![CategoryLink {
        remote_id: "3".into(),
        term_id: 5,
        term_gone: false,
        name: None,
        parent: None,
    }]
}

#[test]
fn five_hundred_rounds_of_edits_on_alternating_sides_end_still() {
    let mut dice = Dice(20_261_122);
    let mut world = World::new();
    world.settle();
    for round in 0..500 {
        let number = dice.roll(1000);
        match (round % 2, dice.roll(4)) {
            (0, 0) => world.product.name = format!("Chén sứ lam cỡ {number}"),
            (0, 1) => world.product.weight = format!("0.{number}5"),
            (0, 2) => world.product.barcode = format!("893{number:010}"),
            (0, _) => world.product.regular_price = format!("{number}000"),
            (_, 0) => world.pos.name = format!(" Chén {number} "),
            (_, 1) => {
                world.pos.weight = Some(i64::try_from(number).expect("a small number") * 1000)
            }
            (_, 2) => world.pos.barcode = Some(format!("893{number:010}")),
            (_, _) => {
                world.pos.price =
                    Money(i64::try_from(number).expect("a small number") * 100_000 + 100_000)
            }
        }
        if round % 20 == 19 {
            // A person makes both sides the same where both had changed.
            world.product.name.clone_from(&world.pos.name);
            world.product.barcode = world.pos.barcode.clone().unwrap_or_default();
            world.product.weight.clear();
            world.pos.weight = None;
        }
        // Now and then both are edited before anything is brought into step.
        if dice.roll(3) > 0 {
            let turns = world.settle();
            assert!(turns <= 2, "round {round} took {turns} turns");
        }
    }
    world.settle();
    let (to_pos, to_site) = (world.to_pos, world.to_site);
    assert!(
        to_pos > 50 && to_site > 50,
        "{to_pos} to the POS, {to_site} to the site"
    );
    let ended = (world.to_pos, world.to_site);
    world.settle();
    assert_eq!(
        ended,
        (world.to_pos, world.to_site),
        "at rest nothing is written"
    );
    assert_eq!(world.product.kind, ShopType::Simple);
}
