//! The shop account and its settings.

use serde::{Deserialize, Serialize};

/// Who the server says it is, and the credentials it accepts.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Shop {
    /// Sub-domain part of `<shop>.kiotviet.vn`: the `Retailer` header and the claim `client_RetailerCode`.
    pub code: String,
    /// `retailerId` of every row.
    pub retailer_id: i64,
    /// Claim `client_UserId`.
    pub user_id: i64,
    /// Accepted `client_id`.
    pub client_id: String,
    /// Accepted `client_secret`; also signs the tokens, so that they survive a restart of the server.
    pub client_secret: String,
}

impl Default for Shop {
    fn default() -> Self {
        Self {
            code: "dongbotest".into(),
            retailer_id: 500_000_001,
            user_id: 20_001,
            client_id: "dongbo-test-client".into(),
            client_secret: "dongbo-test-secret".into(),
        }
    }
}

/// `/settings` (§8), PascalCase on the wire and in files.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields, default)]
pub struct Settings {
    /// Customers belong to a branch.
    pub manager_customer_by_branch: bool,
    /// Orders beyond stock are taken.
    pub allow_order_when_out_stock: bool,
    /// An order beyond stock may become an invoice.
    pub allow_sell_when_order_out_stock: bool,
    /// Invoices beyond stock are taken; `/_sim/sell` refuses them when false.
    pub allow_sell_when_out_stock: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            manager_customer_by_branch: false,
            allow_order_when_out_stock: true,
            allow_sell_when_order_out_stock: true,
            allow_sell_when_out_stock: true,
        }
    }
}
