//! What SKUs are compared by, for a shell that looks goods up in the mirror.

use crate::goods::sku_key;
use crate::model::is_false;
use crate::settings::Settings;
use serde::{Deserialize, Serialize};

/// What [`push_keys`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushKeysInput {
    /// Rows of the site: each id with its SKU.
    pub rows: Vec<super::PushSku>,
}

/// A row with what its good's code is compared by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushKey {
    /// The product or variation.
    pub shop_id: i64,
    /// The key; of a row without a SKU that of the code made for it.
    pub sku_key: String,
    /// The key is that of the row's own SKU.
    pub own: bool,
}

/// The keys, in the order of the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushKeys {
    /// One a row.
    pub rows: Vec<PushKey>,
}

/// What [`push_wants`] is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushWantsInput {
    /// The shop's settings.
    pub settings: Settings,
}

/// What an edit of a product may lead to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PushWants {
    /// Products that were edited or made are to be looked at (A5).
    pub goods: bool,
    /// Categories that were edited, made or deleted are.
    #[serde(skip_serializing_if = "is_false")]
    pub categories: bool,
}

/// Tells whether anything goes to the POS by itself.
#[must_use]
pub fn push_wants(input: PushWantsInput) -> PushWants {
    use crate::settings::{Direction, Policy};
    let Settings { policies, push, .. } = &input.settings;
    let owned = [
        policies.name,
        policies.description,
        policies.categories,
        policies.price,
        policies.weight,
        policies.barcode,
    ];
    let owned = owned.contains(&Policy::SiteOwns);
    PushWants {
        goods: push.goods == Direction::Automatic && (push.new_goods || owned),
        categories: push.categories == Direction::Automatic,
    }
}

/// Tells each row's key.
#[must_use]
pub fn push_keys(input: PushKeysInput) -> PushKeys {
    let rows = input.rows.iter().map(|row| {
        let own = sku_key(&row.sku);
        PushKey {
            shop_id: row.shop_id,
            own: !own.is_empty(),
            sku_key: if own.is_empty() {
                sku_key(&super::code_without_sku(row.shop_id))
            } else {
                own
            },
        }
    });
    PushKeys {
        rows: rows.collect(),
    }
}
