//! Errors with their exact bodies (§1.3).

use super::row::{text, Row};

/// An answer that is not 200.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: String,
    /// `Content-Type` of the body.
    pub content_type: &'static str,
    /// `Retry-After`, verbatim.
    pub retry_after: Option<String>,
    /// `Location`, verbatim.
    pub location: Option<String>,
}

/// JSON as ASP.NET labels it.
pub const JSON: &str = "application/json; charset=utf-8";
/// HTML pages of proxies and maintenance.
pub const HTML: &str = "text/html; charset=utf-8";
/// Bare sentences.
pub const PLAIN: &str = "text/plain; charset=utf-8";

impl Refusal {
    /// A body in the shape `{"responseStatus":{…}}`.
    pub fn new(status: u16, code: &str, message: &str) -> Self {
        let body = format!(
            "{{\"responseStatus\":{{\"errorCode\":{},\"message\":{},\"errors\":[]}}}}",
            text(code),
            text(message)
        );
        Self {
            status,
            body,
            content_type: JSON,
            retry_after: None,
            location: None,
        }
    }

    /// A business failure: HTTP 420.
    pub fn business(code: &str, message: &str) -> Self {
        Self::new(420, code, message)
    }

    /// Any body of any type.
    pub fn with_body(status: u16, content_type: &'static str, body: impl Into<String>) -> Self {
        Self {
            status,
            body: body.into(),
            content_type,
            retry_after: None,
            location: None,
        }
    }

    /// The token is missing, wrong or expired.
    pub fn token() -> Self {
        Self::new(401, "TokenException", "Token is invalid or expired")
    }

    /// A good that does not exist (exact text, §1.3).
    pub fn unknown_product() -> Self {
        Self::business(
            "KvValidateProductException",
            "Hàng hóa được chọn không tồn tại hoặc đã bị xóa",
        )
    }

    /// A parameter that cannot be read.
    pub fn bad_parameter(name: &str, value: &str) -> Self {
        Self::new(
            400,
            "RequestBindingException",
            &format!("Unable to bind request: {name}={value}"),
        )
    }

    /// A path the API does not have.
    pub fn unknown_path(path: &str) -> Self {
        Self::new(
            404,
            "NotFound",
            &format!("Handler for request not found: {path}"),
        )
    }

    /// The token endpoint's errors.
    pub fn oauth(status: u16, error: &str) -> Self {
        let mut row = Row::new();
        row.text("error", error);
        Self::with_body(status, JSON, row.finish())
    }
}
