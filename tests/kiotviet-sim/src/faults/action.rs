//! What a fault does to a call.

use serde::{Deserialize, Serialize};

/// One effect. `do` names it in JSON, camelCase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "do",
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Action {
    /// Waits before processing; the call then goes on, also when the client has given up.
    Latency {
        /// Milliseconds.
        ms: u64,
    },
    /// 401 with `TokenException`.
    Unauthorized,
    /// Makes every token given out so far worthless; the call then goes on and meets its own 401.
    ExpireTokens,
    /// On the token endpoint: the answer to bad credentials (UNSURE-1).
    RefuseToken,
    /// The answer to a wrong shop code (UNSURE-5).
    WrongRetailer,
    /// 420.
    Refuse {
        /// `errorCode`.
        #[serde(default = "default_code")]
        error_code: String,
        /// `message`.
        #[serde(default = "default_message")]
        message: String,
    },
    /// The rate-limit answer (UNSURE-3); without `retryAfter` the header is absent.
    RateLimited {
        /// Seconds, or any text such as a date.
        #[serde(default)]
        retry_after: Option<RetryAfter>,
    },
    /// Any status with any body.
    Status {
        /// HTTP status.
        status: u16,
        /// Body; a JSON error when absent.
        #[serde(default)]
        body: Option<String>,
        /// Do the work first, then answer so.
        #[serde(default)]
        processed: bool,
    },
    /// Closes the connection without an answer; nothing was done.
    CutBefore,
    /// Does the work, sends part of the answer, closes the connection.
    CutAfter {
        /// Per mille of the body that is sent.
        #[serde(default = "half")]
        per_mille: u32,
    },
    /// No answer for so long, then the connection is closed; nothing was done.
    Hang {
        /// Milliseconds.
        #[serde(default = "ten_minutes")]
        ms: u64,
    },
    /// Never answers and does the work so much later.
    LateProcess {
        /// Milliseconds after the connection has ended.
        ms: u64,
        /// The connection stays open until the client gives up, at most so many milliseconds; at once closed without.
        #[serde(default)]
        hold_ms: u64,
    },
    /// Never answers and does the work when another call has been answered: the look-up that found nothing.
    ProcessAfter {
        /// Path of that call; a `*` at the end matches the rest.
        path: String,
        /// Its method.
        #[serde(default = "get")]
        method: String,
        /// The how-manyth such call from now on.
        #[serde(default = "first")]
        nth: u64,
        /// As in `lateProcess`.
        #[serde(default)]
        hold_ms: u64,
    },
    /// Answers with a redirection, such as to a private address.
    Redirect {
        /// `Location`.
        to: String,
        /// HTTP status.
        #[serde(default = "found")]
        status: u16,
    },
    /// The body under another content type.
    WrongType {
        /// `Content-Type`.
        content_type: String,
    },
    /// The body, followed by so many bytes of nothing.
    TooLarge {
        /// How many.
        bytes: usize,
    },
    /// The body trickles.
    SlowBody {
        /// Milliseconds for the whole body.
        ms: u64,
        /// In how many pieces.
        #[serde(default = "ten")]
        pieces: u32,
    },
    /// A maintenance page instead of JSON.
    Html {
        /// HTTP status.
        #[serde(default = "ok")]
        status: u16,
    },
    /// HTTP 200, labelled JSON, cut in the middle but with a matching `Content-Length`.
    BadJson,
    /// A list without `data` although `total` counts rows.
    MissingData,
    /// The previous page once more.
    RepeatPage,
    /// Rows missing from the end of the page, `total` as before.
    ShortPage {
        /// How many rows.
        #[serde(default = "one")]
        drop: usize,
    },
    /// `total` off by so many.
    WrongTotal {
        /// Added to `total`.
        by: i64,
    },
    /// An empty list.
    EmptyList {
        /// Leaves `total` as it is.
        #[serde(default)]
        keep_total: bool,
    },
}

impl Action {
    /// Whether the answer is settled by this action; the others (delays, changed lists) combine.
    pub fn decides(&self) -> bool {
        !matches!(
            self,
            Self::Latency { .. }
                | Self::ExpireTokens
                | Self::SlowBody { .. }
                | Self::WrongType { .. }
                | Self::TooLarge { .. }
                | Self::MissingData
                | Self::RepeatPage
                | Self::ShortPage { .. }
                | Self::WrongTotal { .. }
                | Self::EmptyList { .. }
        )
    }
}

/// `Retry-After` as a number of seconds or as text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum RetryAfter {
    /// Seconds.
    Seconds(u64),
    /// Verbatim.
    Text(String),
}

impl RetryAfter {
    /// The header's value.
    pub fn header(&self) -> String {
        match self {
            Self::Seconds(seconds) => seconds.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

fn default_code() -> String {
    "KvException".into()
}

fn default_message() -> String {
    "Hệ thống đang bận, vui lòng thử lại sau".into()
}

fn half() -> u32 {
    500
}

fn ten_minutes() -> u64 {
    600_000
}

fn ten() -> u32 {
    10
}

fn get() -> String {
    "GET".into()
}

fn first() -> u64 {
    1
}

fn found() -> u16 {
    302
}

fn one() -> usize {
    1
}

fn ok() -> u16 {
    200
}
