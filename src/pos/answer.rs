//! What came back from the POS, and what the rules made of it.

use super::wire::{Kind, Node, Seed, Shape};
use crate::model::{is_zero, Instant, Issue, Param};
use serde::de::{DeserializeSeed, Deserializer, Error};
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// Why there is no usable answer, as the HTTP client saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// The name could not be resolved or the host not reached.
    Network,
    /// No answer in time.
    Timeout,
    /// The certificate was not accepted.
    Tls,
    /// The answer ended before its stated length.
    Cut,
    /// The body is not JSON.
    NotJson,
}

/// An answer in wire form, for the reader of `L`.
///
/// The shell gives a record of: `status` (0 when there was no answer), `problem` ([`Problem`]),
/// `retry_after` and `date` (the headers as they are), `received` (the local clock, milliseconds
/// UTC), `body` (the decoded JSON), and from the request it answers `scope` and `branches`. It
/// decodes the JSON and changes only its form: keys to lower case, integers beyond ±(2^53−1) and
/// all decimals to text in their shortest decimal form, lone surrogates to U+FFFD.
///
/// The type only says which table the record is read by: everything in it is tolerated.
pub struct Answer<L> {
    pub(super) fields: Vec<Node>,
    list: PhantomData<L>,
}

impl<'de, L: Listed> Deserialize<'de> for Answer<L> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let seed = Seed {
            kind: Kind::Row(L::answer()),
            depth: 0,
        };
        match seed.deserialize(from)? {
            Node::Row(fields) => Ok(Self {
                fields,
                list: PhantomData,
            }),
            _ => Err(D::Error::custom("an answer is a record")),
        }
    }
}

/// A list or record of the POS that has a reader.
pub trait Listed {
    /// The table its answers are read by.
    fn answer() -> &'static Shape;
}

/// What kind of failure an answer is: it decides what the run does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// Token refused or expired: renew once, then stop (A3).
    Unauthorized,
    /// Credentials are wrong: stop and ask to reconnect.
    BadCredentials,
    /// The shop name does not belong to these credentials.
    WrongShop,
    /// A permission is missing.
    Forbidden,
    /// Too many calls: wait, not counted as a failure.
    RateLimited,
    /// A passing fault: network, time-out, 5xx, garbage. Try again with backoff.
    Passing,
    /// The POS refused for a business reason (420, 400, 404): trying again does not help.
    Refused,
}

/// An answer that could not be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What it means.
    pub kind: FailureKind,
    /// The exact cause, a code of `src/words.json`.
    pub code: String,
    /// Values for its sentence, the POS's own message among them.
    #[serde(default)]
    pub params: Vec<Param>,
    /// Wait this long, in milliseconds, when the POS said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<i64>,
}

/// The facts of one page, which the run's paging guards look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PageFacts {
    /// The `total` the answer states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// The effective page size it states.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_size: Option<i64>,
    /// How many rows it had, unreadable ones included.
    pub rows: i64,
    /// The ids of its rows, in order; an unreadable row's id too when it could be told.
    pub ids: Vec<String>,
    /// Ids the POS says were removed.
    pub removed: Vec<String>,
    /// How many of its rows could not be read.
    #[serde(skip_serializing_if = "is_zero")]
    pub unreadable: i64,
    /// How many goods that should have stock came without it for a branch of the request.
    #[serde(skip_serializing_if = "is_zero")]
    pub without_stock: i64,
    /// The server's own time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Instant>,
}

/// What a reader made of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading<R> {
    /// The rows, for the mirror.
    pub rows: Vec<R>,
    /// Rows that could not be read, or were read with a loss, by name.
    pub issues: Vec<Issue>,
    /// The page's facts; absent on failure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageFacts>,
    /// Why the answer is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}
