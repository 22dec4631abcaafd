//! Customers of both sides kept in step (product.md G2).
//!
//! | field, since the last time | becomes |
//! |---|---|
//! | changed on one side | written to the other, when that direction is on |
//! | changed on both, both times known | the later one's is written |
//! | changed on both, a time missing | review |
//! | never compared, one side empty | filled |
//! | never compared, both differ | as changed on both |
//!
//! A customer whom a marketplace hides never writes over what the site knows.

use super::{email_key, phone_key};
use crate::model::{
    is_false, Instant, Issue, LinkField, Param, PosCustomer, PostalAddress, Severity,
};
use crate::orders::customer_body;
use crate::pos::{issue, owned, params};
use crate::settings::Settings;
use crate::text::{integer, same};
use serde::{Deserialize, Serialize};

/// A customer of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteCustomer {
    /// The user's id.
    pub user_id: i64,
    /// First and last name.
    pub name: String,
    /// Billing phone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// E-mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Billing address.
    pub address: PostalAddress,
    /// Roles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// When the user registered.
    pub created: Instant,
    /// When the customer last changed, where the site knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Instant>,
}

/// A customer on one side or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerPair {
    /// On the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<SiteCustomer>,
    /// In the POS.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<PosCustomer>,
    /// The fields at the last time, of a linked pair.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<LinkField>,
    /// A person asked for it: the start date does not count.
    #[serde(skip_serializing_if = "is_false")]
    pub asked: bool,
}

/// What [`plan_customers`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomersInput {
    /// The shop's settings.
    pub settings: Settings,
    /// The pairs: linked ones, or as [`match_customers`] found them, and customers of one side.
    pub pairs: Vec<CustomerPair>,
    /// Customers belong to a branch: new ones to this ([`crate::pos::PosSettings`]).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch_id: Option<String>,
}

/// What becomes of a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CustomerTurn {
    /// Nothing.
    #[default]
    Skip,
    /// Write [`CustomerPlan::to_site`] and send [`CustomerPlan::body`] with PUT, whichever is there;
    /// store the link with its fields.
    Update,
    /// Make the user from [`CustomerPlan::to_site`].
    MakeUser,
    /// `POST /customers` with the body, after looking for the phone as an order does.
    MakeCustomer,
    /// A person looks at it.
    Review,
}

/// The plan of one pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerPlan {
    /// The user's id, 0 for none.
    pub user_id: i64,
    /// The POS customer's id, empty for none.
    pub remote_id: String,
    /// What becomes of it.
    pub turn: CustomerTurn,
    /// Why: a code of `src/words.json`.
    pub reason: String,
    /// Fields of the site: `name`, `phone`, `email`, `company`, `address`, `role`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to_site: Vec<Param>,
    /// What is sent to the POS, JSON.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// The fields to remember once it is done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<LinkField>,
    /// What is to be listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
}

/// The plans, in the order of the pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerPlans {
    /// One a pair.
    pub plans: Vec<CustomerPlan>,
}

/// Plans each pair.
#[must_use]
pub fn plan_customers(input: CustomersInput) -> CustomerPlans {
    let plans = input.pairs.iter().map(|pair| plan(pair, &input));
    CustomerPlans {
        plans: plans.collect(),
    }
}

/// The fields that are compared, as the site has them.
fn of_site(user: &SiteCustomer) -> [(&'static str, String); 5] {
    [
        ("name", user.name.clone()),
        ("phone", phone_key(&user.phone)),
        ("email", email_key(&user.email)),
        ("company", user.address.company.clone()),
        ("address", user.address.address_1.clone()),
    ]
}

/// The same as the POS has them.
fn of_pos(customer: &PosCustomer) -> [String; 5] {
    [
        customer.name.clone(),
        customer.phone_key.clone(),
        customer.email_key.clone(),
        customer.company.clone(),
        customer.address.clone(),
    ]
}

fn plan(pair: &CustomerPair, input: &CustomersInput) -> CustomerPlan {
    let mut plan = CustomerPlan {
        user_id: pair.user.as_ref().map_or(0, |user| user.user_id),
        remote_id: pair
            .customer
            .as_ref()
            .map_or_else(String::new, |customer| customer.id.clone()),
        ..CustomerPlan::default()
    };
    if pair
        .customer
        .as_ref()
        .is_some_and(|customer| customer.masked)
    {
        plan.reason = owned("customer-masked");
        return plan;
    }
    match (&pair.user, &pair.customer) {
        (Some(user), Some(customer)) => both(user, customer, pair, input, &mut plan),
        (Some(user), None) => only_user(user, pair, input, &mut plan),
        (None, Some(customer)) => only_customer(customer, input, &mut plan),
        (None, None) => plan.reason = owned("customer-same"),
    }
    plan
}

fn both(
    user: &SiteCustomer,
    customer: &PosCustomer,
    pair: &CustomerPair,
    input: &CustomersInput,
    plan: &mut CustomerPlan,
) {
    let settings = &input.settings.customers;
    let mut to_pos = PosCustomer::default();
    let mut sends = false;
    let mut clash = String::new();
    let later = match (user.modified, customer.modified) {
        (Some(site), Some(pos)) if site != pos => Some(pos > site),
        _ => None,
    };
    for ((field, site), pos) in of_site(user).into_iter().zip(of_pos(customer)) {
        let before = pair.fields.iter().find(|known| known.field == field);
        // Who has the word: the POS (`true`), the site, or nobody.
        let word = if same(&site, &pos) {
            None
        } else {
            match before {
                Some(before) => match (before.pos != pos, before.shop != site) {
                    (true, false) => Some(true),
                    (false, true) => Some(false),
                    (true, true) => later.or_else(|| clashes(&mut clash, field)),
                    (false, false) => None,
                },
                None if site.is_empty() => Some(true),
                None if pos.is_empty() => Some(false),
                None => later.or_else(|| clashes(&mut clash, field)),
            }
        };
        let mut kept = LinkField {
            field: owned(field),
            pos: pos.clone(),
            shop: site.clone(),
        };
        match word {
            // An empty value of the POS takes nothing away.
            Some(true) if settings.to_site && !pos.is_empty() => {
                kept.shop.clone_from(&pos);
                plan.to_site.extend(params(&[(field, &pos)]));
            }
            Some(false) if settings.to_pos && !site.is_empty() => {
                kept.pos.clone_from(&site);
                sends = true;
                put(&mut to_pos, field, site);
            }
            // Not written: it differs as before, and is not a change of either side.
            _ => {}
        }
        plan.fields.push(kept);
    }
    role(user, customer, input, plan);
    let groups = groups(user, customer, input, plan);
    if !groups.is_empty() {
        sends = true;
        to_pos.group_ids = groups;
    }
    if sends {
        plan.body = customer_body(&to_pos);
    }
    if !clash.is_empty() {
        say(
            plan,
            "customer-both-changed",
            &customer.name,
            &[("fields", &clash)],
        );
        plan.fields
            .retain(|kept| !clash.split(", ").any(|field| field == kept.field));
        let before = |known: &&LinkField| clash.split(", ").any(|field| field == known.field);
        plan.fields
            .extend(pair.fields.iter().filter(before).cloned());
    }
    let writes = sends || !plan.to_site.is_empty();
    (plan.turn, plan.reason) = match (writes, clash.is_empty()) {
        (true, _) => (CustomerTurn::Update, owned("customer-changed")),
        (false, true) if plan.fields != pair.fields => {
            (CustomerTurn::Update, owned("customer-same"))
        }
        (false, true) => (CustomerTurn::Skip, owned("customer-same")),
        (false, false) => (CustomerTurn::Review, owned("customer-both-changed")),
    };
}

fn clashes(fields: &mut String, field: &str) -> Option<bool> {
    if !fields.is_empty() {
        fields.push_str(", ");
    }
    fields.push_str(field);
    None
}

fn put(customer: &mut PosCustomer, field: &str, value: String) {
    match field {
        "name" => customer.name = value,
        "phone" => customer.phone = value,
        "email" => customer.email = value,
        "company" => customer.company = value,
        _ => customer.address = value,
    }
}

/// The role of the customer's first group that has one.
fn role(
    user: &SiteCustomer,
    customer: &PosCustomer,
    input: &CustomersInput,
    plan: &mut CustomerPlan,
) {
    let settings = &input.settings.customers;
    if !settings.groups_to_site {
        return;
    }
    let mut rules = settings.group_roles.iter();
    let rule = rules.find(|rule| customer.group_ids.contains(&rule.group));
    if let Some(rule) = rule.filter(|rule| !user.roles.contains(&rule.role)) {
        plan.to_site.extend(params(&[("role", &rule.role)]));
    }
}

/// All groups the customer is to be in, when one of the user's roles adds one.
fn groups(
    user: &SiteCustomer,
    customer: &PosCustomer,
    input: &CustomersInput,
    plan: &mut CustomerPlan,
) -> Vec<String> {
    let settings = &input.settings.customers;
    let mut groups = Vec::new();
    if !settings.groups_to_pos || settings.groups_to_site {
        // Both ways at once would turn in circles: the POS's groups have the word.
        return groups;
    }
    for rule in &settings.group_roles {
        let has = user.roles.contains(&rule.role);
        if has && rule.group.is_empty() {
            // The API cannot create groups.
            say(
                plan,
                "customer-group-missing",
                &user.name,
                &[("role", &rule.role)],
            );
        } else if has && !customer.group_ids.contains(&rule.group) {
            groups.push(rule.group.clone());
        }
    }
    if !groups.is_empty() {
        groups.extend(customer.group_ids.iter().cloned());
    }
    groups
}

fn only_user(
    user: &SiteCustomer,
    pair: &CustomerPair,
    input: &CustomersInput,
    plan: &mut CustomerPlan,
) {
    let settings = &input.settings.customers;
    let old = settings.start.is_none_or(|start| user.created < start);
    let phone = phone_key(&user.phone);
    let reason = if !settings.to_pos && !pair.asked {
        "customers-off"
    } else if old && !pair.asked {
        "customer-before-start"
    } else if phone.is_empty() {
        "customer-without-phone"
    } else {
        "customer-made"
    };
    plan.reason = owned(reason);
    if reason != "customer-made" {
        return;
    }
    plan.turn = CustomerTurn::MakeCustomer;
    let mut customer = PosCustomer {
        branch_id: input.branch_id.clone(),
        ..PosCustomer::default()
    };
    for (field, value) in of_site(user) {
        plan.fields.push(LinkField {
            field: owned(field),
            pos: value.clone(),
            shop: value.clone(),
        });
        put(&mut customer, field, value);
    }
    customer.group_ids = groups(user, &PosCustomer::default(), input, plan);
    if customer.name.is_empty() {
        customer.name = phone;
    }
    plan.body = customer_body(&customer);
}

fn only_customer(customer: &PosCustomer, input: &CustomersInput, plan: &mut CustomerPlan) {
    let reason = if !input.settings.customers.to_site {
        "customers-off"
    } else if customer.email_key.is_empty() {
        // WordPress knows nobody without one.
        "customer-without-email"
    } else {
        "customer-made"
    };
    plan.reason = owned(reason);
    if reason != "customer-made" {
        return;
    }
    plan.turn = CustomerTurn::MakeUser;
    let names = ["name", "phone", "email", "company", "address"];
    for (field, value) in names.into_iter().zip(of_pos(customer)) {
        plan.to_site.extend(params(&[(field, &value)]));
        plan.fields.push(LinkField {
            field: owned(field),
            pos: value.clone(),
            shop: value,
        });
    }
    role(&SiteCustomer::default(), customer, input, plan);
}

fn say(plan: &mut CustomerPlan, code: &str, label: &str, values: &[(&str, &str)]) {
    let id = if plan.remote_id.is_empty() {
        integer(plan.user_id)
    } else {
        plan.remote_id.clone()
    };
    let item = ("customer", Some(id.as_str()), label);
    let said = issue(code, Severity::Review, item, params(values));
    plan.issues.push(said);
}
