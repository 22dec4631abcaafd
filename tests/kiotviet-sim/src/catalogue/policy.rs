//! Shop settings the API does not show: they are learned from its refusals (§1.3).

use serde::{Deserialize, Serialize};

/// What the shop's owner switched on in the application.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Policy {
    /// "Cho phép đặt hàng".
    pub orders: bool,
    /// "Sử dụng tính năng giao hàng".
    pub delivery: bool,
    /// "Quản lý thu hộ tiền".
    pub cod: bool,
    /// "Thu khác".
    pub surcharges: bool,
    /// The sale's time may be set.
    pub sale_time: bool,
    /// `pricingMode` (§6.2): absent direct tax, 0 prices before tax, 1 prices after tax.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pricing_mode: Option<i64>,
    /// Calls the API user lacks the permission for, as they are counted: `POST /products`, `PUT /orders/{id}`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub denied: Vec<String>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            orders: true,
            delivery: true,
            cod: true,
            surcharges: true,
            sale_time: true,
            pricing_mode: None,
            denied: Vec::new(),
        }
    }
}
