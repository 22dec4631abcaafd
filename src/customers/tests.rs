use super::*;
use crate::model::{LinkField, PosCustomer, PostalAddress};
use crate::settings::GroupRule;

fn user() -> SiteCustomer {
    SiteCustomer {
        user_id: 3,
        name: "Nguyễn Văn A".into(),
        phone: "0912 345 678".into(),
        email: "A@example.com".into(),
        address: PostalAddress {
            address_1: "12 Lê Lợi".into(),
            ..PostalAddress::default()
        },
        created: 500,
        ..SiteCustomer::default()
    }
}

fn customer() -> PosCustomer {
    PosCustomer {
        id: "77".into(),
        name: "Nguyễn Văn A".into(),
        phone: "+84912345678".into(),
        phone_key: "0912345678".into(),
        email_key: "a@example.com".into(),
        address: "12 Lê Lợi".into(),
        ..PosCustomer::default()
    }
}

fn planned(change: impl FnOnce(&mut CustomersInput, &mut CustomerPair)) -> CustomerPlan {
    let mut input = CustomersInput::default();
    input.settings.customers.to_pos = true;
    input.settings.customers.to_site = true;
    input.settings.customers.start = Some(100);
    let mut pair = CustomerPair {
        user: Some(user()),
        customer: Some(customer()),
        ..CustomerPair::default()
    };
    change(&mut input, &mut pair);
    input.pairs.push(pair);
    plan_customers(input).plans.remove(0)
}

fn remembered() -> Vec<LinkField> {
    planned(|_, _| {}).fields
}

#[test]
fn the_side_that_changed_has_the_word() {
    assert_eq!(
        planned(|_, pair| pair.fields = remembered()).turn,
        CustomerTurn::Skip
    );
    let from_pos = planned(|_, pair| {
        pair.fields = remembered();
        pair.customer = Some(PosCustomer {
            address: "5 Hàng Bông".into(),
            ..customer()
        });
    });
    assert_eq!(from_pos.to_site[0].value, "5 Hàng Bông");
    assert!(from_pos.body.is_empty());
    let from_site = planned(|_, pair| {
        pair.fields = remembered();
        pair.user = Some(SiteCustomer {
            name: "Trần B".into(),
            ..user()
        });
    });
    assert_eq!(from_site.body, "{\"name\":\"Trần B\"}");
    let off = planned(|input, pair| {
        input.settings.customers.to_pos = false;
        pair.fields = remembered();
        pair.user = Some(SiteCustomer {
            name: "Trần B".into(),
            ..user()
        });
    });
    assert!(off.body.is_empty());
}

#[test]
fn both_sides_changed_the_later_one_writes_else_a_person() {
    let changed = |site: Option<i64>, pos: Option<i64>| {
        planned(|_, pair| {
            pair.fields = remembered();
            pair.user = Some(SiteCustomer {
                name: "Trần B".into(),
                modified: site,
                ..user()
            });
            pair.customer = Some(PosCustomer {
                name: "Lê C".into(),
                modified: pos,
                ..customer()
            });
        })
    };
    assert_eq!(changed(Some(1), Some(2)).to_site[0].value, "Lê C");
    assert_eq!(changed(Some(3), Some(2)).body, "{\"name\":\"Trần B\"}");
    let clash = changed(None, Some(2));
    assert_eq!((clash.turn, clash.issues.len()), (CustomerTurn::Review, 1));
    // What was known of the field stays known, so that it is listed until somebody decides.
    assert_eq!(
        clash
            .fields
            .iter()
            .find(|kept| kept.field == "name")
            .map(|kept| kept.pos.as_str()),
        Some("Nguyễn Văn A")
    );
}

#[test]
fn hidden_customers_write_nothing() {
    let masked = planned(|_, pair| {
        pair.customer = Some(PosCustomer {
            name: "Q******o".into(),
            masked: true,
            ..customer()
        });
    });
    assert_eq!(
        (masked.turn, masked.reason.as_str()),
        (CustomerTurn::Skip, "customer-masked")
    );
    assert!(masked.to_site.is_empty());
}

#[test]
fn one_side_alone_is_made_on_the_other_when_it_may_be() {
    let alone = |change: fn(&mut CustomersInput, &mut CustomerPair)| {
        planned(|input, pair| {
            pair.customer = None;
            change(input, pair);
        })
    };
    let made = alone(|_, _| {});
    assert_eq!(made.turn, CustomerTurn::MakeCustomer);
    assert!(made.body.contains("\"contactNumber\":\"0912345678\""));
    assert_eq!(
        alone(|input, _| input.settings.customers.start = Some(501)).reason,
        "customer-before-start"
    );
    let asked = alone(|input, pair| {
        input.settings.customers.start = Some(501);
        pair.asked = true;
    });
    assert_eq!(asked.turn, CustomerTurn::MakeCustomer);
    assert_eq!(
        alone(|_, pair| pair.user = Some(SiteCustomer {
            phone: String::new(),
            ..user()
        }))
        .reason,
        "customer-without-phone"
    );
    let there = planned(|_, pair| pair.user = None);
    assert_eq!(
        (there.turn, there.to_site.len()),
        (CustomerTurn::MakeUser, 4)
    );
    let nameless = planned(|_, pair| {
        pair.user = None;
        pair.customer = Some(PosCustomer {
            email_key: String::new(),
            ..customer()
        });
    });
    assert_eq!(nameless.reason, "customer-without-email");
}

#[test]
fn groups_become_roles_and_roles_groups() {
    let rules = vec![GroupRule {
        group: "9".into(),
        role: "wholesale".into(),
    }];
    let to_site = planned(|input, pair| {
        input.settings.customers.groups_to_site = true;
        input.settings.customers.group_roles = rules.clone();
        pair.customer = Some(PosCustomer {
            group_ids: vec!["9".into()],
            ..customer()
        });
    });
    assert_eq!(to_site.to_site[0].value, "wholesale");
    let to_pos = planned(|input, pair| {
        input.settings.customers.groups_to_pos = true;
        input.settings.customers.group_roles = rules.clone();
        pair.user = Some(SiteCustomer {
            roles: vec!["wholesale".into()],
            ..user()
        });
    });
    assert_eq!(to_pos.body, "{\"groupIds\":[9]}");
    let missing = planned(|input, pair| {
        input.settings.customers.groups_to_pos = true;
        input.settings.customers.group_roles = vec![GroupRule {
            group: String::new(),
            role: "wholesale".into(),
        }];
        pair.user = Some(SiteCustomer {
            roles: vec!["wholesale".into()],
            ..user()
        });
    });
    assert_eq!(missing.issues[0].code, "customer-group-missing");
}

#[test]
fn users_are_matched_by_phone_then_email_and_never_by_chance() {
    let matched = |users: Vec<SiteCustomer>, customers: Vec<PosCustomer>| {
        let found = match_customers(MatchCustomersInput { users, customers });
        found
            .matches
            .into_iter()
            .map(|found| (found.remote_id, found.reason))
            .collect::<Vec<_>>()
    };
    let by_email = PosCustomer {
        phone_key: String::new(),
        id: "78".into(),
        ..customer()
    };
    let one = |id: &str, reason: &str| vec![(id.to_string(), reason.to_string())];
    assert_eq!(
        matched(vec![user()], vec![customer(), by_email.clone()]),
        one("77", "customer-by-phone")
    );
    assert_eq!(
        matched(vec![user()], vec![by_email]),
        one("78", "customer-by-email")
    );
    let twin = PosCustomer {
        id: "79".into(),
        ..customer()
    };
    assert_eq!(
        matched(vec![user()], vec![customer(), twin]),
        one("", "customer-ambiguous")
    );
    assert_eq!(matched(vec![user()], vec![]), one("", "customer-unmatched"));
    let both = matched(
        vec![
            user(),
            SiteCustomer {
                user_id: 4,
                ..user()
            },
        ],
        vec![customer()],
    );
    assert!(both
        .iter()
        .all(|(id, reason)| id.is_empty() && reason == "customer-ambiguous"));
}
