//! A good is made once, whatever is lost and whenever its process dies.

use crate::model::{Category, CategoryLink, Good, Link, Money, Term};
use crate::pos::{failure, FailureKind};
use crate::push::{
    advance_push, AdvancePushInput, PushContext, PushOutcome, PushReply, PushRequest,
    PushRequestKind, PushRow, Pushing,
};
use crate::settings::Settings;
use serde_json::json;

/// What becomes of a request.
#[derive(Clone, Copy)]
enum Fate {
    Answered,
    /// Carried out, the answer lost.
    Lost,
    /// Not carried out, the answer lost.
    Cut,
    /// Carried out two minutes after it was given up.
    Late,
    /// The process dies with it.
    Died,
}

const FATES: [Fate; 5] = [
    Fate::Answered,
    Fate::Lost,
    Fate::Cut,
    Fate::Late,
    Fate::Died,
];

struct Shop {
    goods: Vec<Good>,
    links: Vec<Link>,
    late: Vec<i64>,
    now: i64,
}

impl Shop {
    fn make(&mut self) {
        let id = (100 + self.goods.len()).to_string();
        self.goods.push(Good {
            id: id.clone(),
            code: "A".into(),
            name: "Chén".into(),
            price: Money(1_000_000),
            family_key: id,
            sku_key: "a".into(),
            ..Good::default()
        });
    }

    /// The answer to a request; none when it is lost.
    fn answer(&mut self, request: &PushRequest, fate: Fate) -> PushReply {
        let late = self.late.iter().filter(|at| **at <= self.now).count();
        self.late.retain(|at| *at > self.now);
        for _ in 0..late {
            self.make();
        }
        let mut reply = PushReply {
            id: request.id,
            ..PushReply::default()
        };
        let makes = request.kind == PushRequestKind::Post;
        match fate {
            Fate::Answered | Fate::Lost | Fate::Died if makes => self.make(),
            Fate::Late if makes => self.late.push(self.now + 120_000),
            _ => {}
        }
        reply.goods = self.goods.last().cloned().into_iter().collect();
        if !matches!(fate, Fate::Answered) {
            reply.goods.clear();
            reply.failure = Some(failure(FailureKind::Passing, "pos-timeout", &[]));
        } else if reply.goods.is_empty() {
            let said = [
                ("message", "Hàng hóa được chọn không tồn tại hoặc đã bị xóa"),
                ("status", "420"),
            ];
            reply.failure = Some(failure(FailureKind::Refused, "pos-refused", &said));
        }
        reply
    }

    fn context(&self) -> PushContext {
        PushContext {
            product: PushRow {
                product: serde_json::from_value(json!({
                    "id": 70, "kind": "simple", "status": "publish", "name": "Chén", "sku": "A", "regular_price": "10000", "categories": [5],
                }))
                .expect("a product"),
                description: String::new(),
                images: Vec::new(),
                cost: String::new(),
            },
            variations: Vec::new(),
            links: self.links.clone(),
            goods: Vec::new(),
            twins: Vec::new(),
            categories: vec![Category {
                id: "3".into(),
                name: "Sứ".into(),
                parent_id: None,
            }],
            category_links: vec![CategoryLink {
                remote_id: "3".into(),
                term_id: 5,
                term_gone: false,
                name: None,
                parent: None,
            }],
            terms: vec![Term {
                id: 5,
                name: "Sứ".into(),
                parent: 0,
            }],
            branches: Vec::new(),
            currency: "VND".into(),
        }
    }
}

/// Pushes with the fates of the first requests that change the POS or look at it.
fn push(fates: &[Fate]) -> (Shop, PushOutcome) {
    let mut shop = Shop {
        goods: Vec::new(),
        links: Vec::new(),
        late: Vec::new(),
        now: 1_790_000_000_000,
    };
    let mut fates = fates.iter().copied();
    let mut state: Option<Pushing> = None;
    let mut replies = Vec::new();
    for _ in 0..200 {
        let told = advance_push(AdvancePushInput {
            state,
            by_hand: true,
            settings: Settings::default(),
            now: shop.now,
            jitter: 0,
            tries: 0,
            context: shop.context(),
            replies: std::mem::take(&mut replies),
        });
        shop.links.extend(told.links);
        if let Some(done) = told.done {
            return (shop, done.outcome);
        }
        if let Some(until) = told.wait_until {
            shop.now = until;
        }
        for request in &told.requests {
            let fate = fates.next().unwrap_or(Fate::Answered);
            let reply = shop.answer(request, fate);
            if !matches!(fate, Fate::Died) {
                replies.push(reply);
            }
        }
        shop.now += 1_000;
        state = Some(told.state);
    }
    panic!("a push came to no end");
}

#[test]
fn a_good_is_made_once_whatever_is_lost() {
    for one in FATES {
        for two in FATES {
            for three in FATES {
                for four in FATES {
                    let (shop, outcome) = push(&[one, two, three, four]);
                    assert_eq!(shop.goods.len() + shop.late.len(), 1);
                    assert_eq!(shop.links.len(), 1);
                    assert_eq!(outcome, PushOutcome::Pushed);
                }
            }
        }
    }
}
