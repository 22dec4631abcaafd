//! The doors to the rules: one list of exports, made three times.
//!
//! | door | who uses it | made by |
//! |---|---|---|
//! | [`call`] | tests and the corpus, natively | here, over `serde_json` |
//! | `js.rs` | browser and Node | `wasm-bindgen`, `serde-wasm-bindgen` |
//! | `php.rs` | the plugin, through wasm2php | host handles |
//!
//! Every export takes one record and gives `{ok: …}` or `{error: {code, params, where}}`; the
//! only error is an input that is not of the export's form, which is a fault of the shell.
//! Everything a shop owner can meet comes back as data in `ok`.

use crate::model::Param;
use serde::{Deserialize, Serialize};

/// The list of exports, by group: name → function of one record that gives one record.
///
/// A group is what one kind of request asks: `running` says what to do next, `reading` reads answers
/// and events of a POS, `planning` says what to write, `looking` tells people how things
/// stand, `choosing` checks settings, `linking` judges what belongs to what. For PHP each becomes a class of its own,
/// because without opcache a request pays for all it loads (`wasm-pack.toml` names the classes); natively and
/// in JavaScript groups mean nothing. To add an export, add its line to the group of the requests
/// that ask it; what two groups need is built into both.
///
/// `$make` is a macro that turns the list into one door. Nothing else names an export.
macro_rules! exports {
    ($make:ident) => {
        $make! {
            running {
                version = crate::bind::version;
                token_due = crate::pos::token_due;
                advance = crate::run::advance;
                runs_due = crate::run::runs_due;
                may_call = crate::run::may_call;
            }
            reading {
                read_address = crate::pos::read_address;
                read_token = crate::pos::read_token;
                read_branches = crate::pos::read_branches;
                read_settings = crate::pos::read_settings;
                read_categories = crate::pos::read_categories;
                read_books = crate::pos::read_books;
                read_prices = crate::pos::read_prices;
                read_goods = crate::pos::read_goods;
                read_good = crate::pos::read_good;
                read_stocks = crate::pos::read_stocks;
                read_event = crate::pos::read_event;
                signature_forms = crate::pos::signature_forms;
                read_webhooks = crate::pos::read_webhooks;
                plan_webhooks = crate::webhooks::plan_webhooks;
            }
            planning {
                plan_categories = crate::plan::plan_categories;
                plan_goods = crate::plan::plan_goods;
                plan_undo = crate::plan::plan_undo;
                pending_stock = crate::orders::pending_stock;
                judge = crate::stopper::judge;
            }
            looking {
                why = crate::why::why;
                drift = crate::drift::drift;
                preflight = crate::preflight::preflight;
            }
            choosing {
                check_settings = crate::choices::check_settings;
            }
            linking {
                read_link_list = crate::linking::read_link_list;
                judge_links = crate::linking::judge_links;
                read_moving = crate::linking::read_moving;
                plan_disconnect = crate::linking::plan_disconnect;
            }
            images {
                plan_images = crate::images::plan_images;
            }
            orders {
                read_orders = crate::pos::read_orders;
                read_order = crate::pos::read_order;
                read_invoices = crate::pos::read_invoices;
                read_invoice = crate::pos::read_invoice;
                read_customers = crate::pos::read_customers;
                read_customer = crate::pos::read_customer;
                read_groups = crate::pos::read_groups;
                read_surcharges = crate::pos::read_surcharges;
                read_surcharge = crate::pos::read_surcharge;
                read_channels = crate::pos::read_channels;
                read_accounts = crate::pos::read_accounts;
                read_users = crate::pos::read_users;
                order_due = crate::orders::order_due;
                sweep_orders = crate::orders::sweep_orders;
                plan_order = crate::orders::plan_order;
                advance_order = crate::orders::advance_order;
            }
            following {
                plan_status = crate::orders::plan_status;
                find_doubles = crate::orders::find_doubles;
                plan_import = crate::orders::plan_import;
                contact_keys = crate::customers::contact_keys;
                match_customers = crate::customers::match_customers;
                plan_customers = crate::customers::plan_customers;
            }
            pushing {
                push_keys = crate::push::push_keys;
                push_wants = crate::push::push_wants;
                plan_push = crate::push::plan_push;
                advance_push = crate::push::advance_push;
                advance_categories = crate::push::advance_categories;
            }
        }
    };
}

// After the list: a macro is seen only by what follows it.
#[cfg(feature = "js")]
pub mod js;
#[cfg(all(feature = "php", target_arch = "wasm32"))]
mod php;
#[cfg(any(test, feature = "js", all(feature = "php", target_arch = "wasm32")))]
mod place;

/// The groups and the names of their exports, in the order of the list.
pub const GROUPS: &[(&str, &[&str])] = {
    macro_rules! groups {
        ($($group:ident { $($name:ident = $function:path;)* })*) => {
            &[$((stringify!($group), &[$(stringify!($name)),*])),*]
        };
    }
    exports!(groups)
};

/// What [`version`] is given: nothing.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct VersionInput {}

/// Which rules these are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// [`crate::RULES_VERSION`].
    pub rules: String,
}

/// Tells which rules these are, so that both sides of a plan can be compared.
#[must_use]
pub fn version(_: VersionInput) -> Version {
    Version {
        rules: crate::RULES_VERSION.into(),
    }
}

/// Why an input could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputError {
    /// `input-unreadable`, or `no-such-call` natively.
    pub code: &'static str,
    /// Values for its sentence.
    pub params: Vec<Param>,
    /// The place in the input, as far as the door can tell: `families[3].goods[0].price`.
    #[serde(rename = "where")]
    pub place: String,
}

/// The answer of every export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome<T> {
    /// The function's own record.
    Ok(T),
    /// The input was not of its form.
    Error(InputError),
}

/// The code of an input that is not of the export's form.
pub const UNREADABLE: &str = "input-unreadable";

/// Calls an export by name, as the shells do.
///
/// # Errors
/// None: a name that is not exported and an input that is not of the export's form give
/// `{error: …}`, like everything else that crosses.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn call(name: &str, input: serde_json::Value) -> serde_json::Value {
    macro_rules! dispatch {
        ($($group:ident { $($export:ident = $function:path;)* })*) => {
            match name {
                $($(stringify!($export) => native($function, input),)*)*
                _ => answer(&Outcome::<()>::Error(InputError {
                    code: "no-such-call",
                    params: vec![Param { name: "name".into(), value: name.into() }],
                    place: String::new(),
                })),
            }
        };
    }
    exports!(dispatch)
}

#[cfg(not(target_arch = "wasm32"))]
fn native<I: serde::de::DeserializeOwned, O: Serialize>(
    function: fn(I) -> O,
    input: serde_json::Value,
) -> serde_json::Value {
    answer(&match serde_json::from_value(input) {
        Ok(input) => Outcome::Ok(function(input)),
        Err(error) => Outcome::Error(InputError {
            code: UNREADABLE,
            params: vec![Param {
                name: "detail".into(),
                value: error.to_string(),
            }],
            place: String::new(),
        }),
    })
}

/// A record of the rules always has a JSON form (fixed names, integers, texts), so a failure here
/// is a record that may not cross; it is told, not hidden.
#[cfg(not(target_arch = "wasm32"))]
fn answer<T: Serialize>(outcome: &Outcome<T>) -> serde_json::Value {
    serde_json::to_value(outcome)
        .unwrap_or_else(|error| serde_json::json!({ "error": { "code": "output-unwritable", "params": [], "where": error.to_string() } }))
}
