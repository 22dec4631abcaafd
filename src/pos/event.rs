//! Webhook bodies (kiotviet-api.md §9): what they say, for the mirror.
//!
//! Every notification of a batch is read, each by the type its `Action` names (a prefix: the rest
//! may be a number [UNSURE-42]), else by the type of the address it came to. Deletions come as bare
//! ids, as rows with ids, or as a `RemoveId` without envelope [UNSURE-45].
//!
//! A body is a hint (product.md I3), so each thing it says goes one of these ways:
//!
//! | what it says | what becomes of it |
//! |---|---|
//! | stock of a good in a branch, also inside a product | a row, unless the mirror's was read later |
//! | a price in a book, also inside a product | a row |
//! | a book, category or branch | a row |
//! | a product | `reread`: the row has no barcode, brand or components, and may lack more [UNSURE-44] |
//! | a deleted product | `reread`: the detail read proves it (B8) |
//! | a deleted price, category or branch | `removed` |
//! | a deleted book | `due`: the list of books tells (C5) |
//! | an order, invoice or customer | `touched`, for their own lanes |
//!
//! A delivery that is not the first may be older than what the mirror holds: its rows are left out,
//! and what they are about is read again (D3). Whether it is the first, `Attempt` says.

use super::event_shape::{
    laid_out, BodyField, BookPriceField, EventField, Field, NotificationField,
};
use super::event_shape::{BODY, BOOK_PRICE, EVENT, NOTIFICATION};
use super::event_type::{named, Type};
use super::row::{flag, id, whole, Row};
use super::stocks::{branch_stocks_of, STOCK_ROW};
use super::wire::{Kind, Node, Seed};
use super::{books, branches, categories, prices, Reading};
use super::{issue, owned, params};
use crate::model::{Book, BookPrice, Branch, BranchStock, Category, GoodStock, Issue, Severity};
use crate::run::{Complete, Removed};
use serde::de::{DeserializeSeed, Deserializer, Error};
use serde::{Deserialize, Serialize};

/// `type` (of the address it came to) and `body` (in wire form, as [`super::Answer`] has it).
pub struct EventInput {
    fields: Vec<Node>,
}

impl<'de> Deserialize<'de> for EventInput {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let seed = Seed {
            kind: Kind::Row(&EVENT),
            depth: 0,
        };
        match seed.deserialize(from)? {
            Node::Row(fields) => Ok(Self { fields }),
            _ => Err(D::Error::custom("an event is a record")),
        }
    }
}

/// What a webhook said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    /// The delivery's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Which delivery of it this is, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempt: Option<i64>,
    /// Stock rows: only the branches they name. The mirror takes one that was received after its
    /// own row was read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stocks: Vec<GoodStock>,
    /// Prices in books.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prices: Vec<BookPrice>,
    /// Price books.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub books: Vec<Book>,
    /// Categories.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Category>,
    /// Branches.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<Branch>,
    /// Goods to read one by one ([`crate::run::RunKind::Named`]).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reread: Vec<String>,
    /// Mirror rows to drop, before the rows above are stored.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removed>,
    /// Lists whose checkpoint is to be forgotten, so that the next run reads them in full.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub due: Vec<Complete>,
    /// Orders, invoices and customers that changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub touched: Vec<Removed>,
    /// What could not be read, by name.
    pub issues: Vec<Issue>,
}

/// Reads a webhook's body.
#[must_use]
pub fn read_event(input: EventInput) -> Event {
    let mut input = Row::with(input.fields, &EVENT);
    let stated = input.plain(EventField::Type as usize);
    let mut reading = ReadingEvent {
        event: Event::default(),
        name: owned(&stated),
        repeated: false,
    };
    let mut any = false;
    for body in input.take(EventField::Body as usize).entries() {
        any = true;
        match Row::of(body.clone(), &BODY) {
            Some(body) => reading.body(body, &stated),
            // A bare list of ids.
            None => reading.notification(&stated, "", vec![body]),
        }
    }
    if !any {
        reading.say("event-empty", &stated);
    }
    reading.event
}

/// A body being read.
struct ReadingEvent {
    event: Event,
    /// What the notification being read is called.
    name: String,
    /// It was delivered before, so it may be old.
    repeated: bool,
}

impl ReadingEvent {
    fn body(&mut self, mut body: Row, stated: &str) {
        self.event.id = body.text(BodyField::Id as usize);
        self.event.attempt = whole(body.get(BodyField::Attempt as usize)).ok().flatten();
        self.repeated = self.event.attempt.is_some_and(|attempt| attempt > 1);
        let mut any = false;
        for node in body.take(BodyField::Notifications as usize).entries() {
            any = true;
            let Some(mut row) = Row::of(node, &NOTIFICATION) else {
                self.odd();
                continue;
            };
            let action = row.plain(NotificationField::Action as usize);
            let data = row.take(NotificationField::Data as usize).entries();
            self.notification(stated, &action, data);
        }
        for place in [
            BodyField::RemoveId,
            BodyField::RemoveIds,
            BodyField::RemovedIds,
        ] {
            let ids = body.take(place as usize).entries();
            any |= !ids.is_empty();
            if !ids.is_empty() {
                self.notification(stated, "", ids);
            }
        }
        if !any {
            self.say("event-empty", stated);
        }
    }

    fn notification(&mut self, stated: &str, action: &str, data: Vec<Node>) {
        let Some(kind) = named(action).or_else(|| named(stated)) else {
            let name = if action.is_empty() { stated } else { action };
            return self.say("event-unknown", name);
        };
        let name = if action.is_empty() { stated } else { action };
        self.name = owned(name);
        for node in data {
            match node {
                Node::Row(fields) => self.row(kind, &fields),
                bare => self.bare(kind, &bare),
            }
        }
    }

    fn row(&mut self, kind: Type, fields: &[Node]) {
        let at = |place: Field| fields.get(place as usize).unwrap_or(&Node::Absent);
        let of = |place: Field| id(at(place)).ok().flatten();
        match kind {
            Type::Product => match of(Field::Id) {
                Some(good) => self.product(good, fields),
                None => self.odd(),
            },
            Type::Stock => match of(Field::ProductId) {
                Some(good) => {
                    let row = vec![Node::Row(laid_out(fields, &STOCK_ROW))];
                    self.stock(good, row);
                }
                None => self.odd(),
            },
            Type::Price => match of(Field::PriceBookId) {
                Some(book) => self.price(&book, laid_out(fields, &prices::PRICE)),
                None => self.odd(),
            },
            Type::PriceGone => match of(Field::PriceBookId) {
                Some(book) => {
                    let goods = at(Field::ProductIds).clone();
                    let one = at(Field::ProductId).clone();
                    let goods = ids(goods.entries().into_iter().chain(one.entries()));
                    self.remove("prices", &book, goods);
                }
                None => self.odd(),
            },
            Type::Book => {
                let read = books::read_row(laid_out(fields, &books::BOOK));
                let rows = self.kept(read, "books");
                self.event.books.extend(rows);
            }
            Type::Branch => {
                let read = branches::read_row(laid_out(fields, &branches::BRANCH));
                let rows = self.kept(read, "branches");
                self.event.branches.extend(rows);
            }
            Type::Category => {
                let gone = flag(at(Field::IsDeleted)).ok().flatten() == Some(true);
                match of(Field::Id).or_else(|| of(Field::CategoryId)) {
                    Some(category) if gone => self.remove("categories", "", vec![category]),
                    _ => {
                        let read = categories::read_row(laid_out(fields, &categories::CATEGORY));
                        let rows = self.kept(read, "categories");
                        self.event.categories.extend(rows);
                    }
                }
            }
            Type::Ids(list) => match of(Field::Id).or_else(|| of(Field::ProductId)) {
                Some(one) => self.ids(list, one),
                None => self.odd(),
            },
        }
    }

    /// An id where a row might be.
    fn bare(&mut self, kind: Type, node: &Node) {
        let one = id(node).ok().flatten();
        let digits = |id: &String| id.bytes().all(|byte| byte.is_ascii_digit());
        let Some(one) = one.filter(digits) else {
            return self.odd();
        };
        match kind {
            Type::Ids(list) => self.ids(list, one),
            Type::Product | Type::Stock => self.reread(one),
            Type::Book | Type::PriceGone | Type::Price => self.due("books", ""),
            Type::Category => self.due("categories", ""),
            Type::Branch => self.due("branches", ""),
        }
    }

    fn ids(&mut self, list: &'static str, one: String) {
        match list {
            "goods" => self.reread(one),
            "books" => self.due("books", ""),
            "categories" | "branches" => self.remove(list, "", vec![one]),
            _ => add(&mut self.event.touched, list, "", vec![one]),
        }
    }

    /// A product: its stock and its prices in books; the rest is read again.
    fn product(&mut self, good: String, fields: &[Node]) {
        let at = |place: Field| fields.get(place as usize).cloned().unwrap_or_default();
        let stocks = at(Field::Inventories).entries();
        if !stocks.is_empty() {
            self.stock(good.clone(), stocks);
        }
        for node in at(Field::PriceBooks).entries() {
            let Some(row) = Row::of(node, &BOOK_PRICE) else {
                continue;
            };
            // The general price list is no book [UNSURE-17].
            if let Ok(Some(book)) = id(row.get(BookPriceField::Book as usize)) {
                let price = row.get(BookPriceField::Price as usize).clone();
                let fields = prices::of_event(&good, price);
                self.price(&book, fields);
            }
        }
        self.reread(good);
    }

    fn stock(&mut self, good: String, rows: Vec<Node>) {
        if self.repeated {
            return self.reread(good);
        }
        let mut lost = String::new();
        let rows = branch_stocks_of(rows, &mut lost);
        if !lost.is_empty() {
            let item = ("good", Some(good.as_str()), good.as_str());
            let values = params(&[("value", &lost)]);
            let unreadable = issue("stock-unreadable", Severity::Review, item, values);
            self.event.issues.push(unreadable);
            self.reread(good.clone());
        }
        if !rows.is_empty() {
            merge(&mut self.event.stocks, good, rows);
        }
    }

    fn price(&mut self, book: &str, fields: Vec<Node>) {
        let read = prices::read_row(fields, book);
        let whole = read.issues.is_empty();
        self.event.issues.extend(read.issues);
        if self.repeated || !whole {
            return self.due("prices", book);
        }
        for price in read.rows {
            let known = |other: &BookPrice| {
                other.book_id == price.book_id && other.good_id == price.good_id
            };
            // The later one of a batch counts.
            self.event.prices.retain(|other| !known(other));
            self.event.prices.push(price);
        }
    }

    /// Rows of a list; those of a late delivery are not believed, and the list is read again.
    fn kept<R>(&mut self, read: Reading<R>, list: &'static str) -> Vec<R> {
        self.event.issues.extend(read.issues);
        if self.repeated {
            self.due(list, "");
            return Vec::new();
        }
        read.rows
    }

    /// Rows that are gone. A late delivery may speak of one that is there again.
    fn remove(&mut self, list: &'static str, scope: &str, ids: Vec<String>) {
        if self.repeated {
            return self.due(list, scope);
        }
        let event = &mut self.event;
        match list {
            "prices" => event
                .prices
                .retain(|row| row.book_id != scope || !ids.contains(&row.good_id)),
            "categories" => event.categories.retain(|row| !ids.contains(&row.id)),
            "branches" => event.branches.retain(|row| !ids.contains(&row.id)),
            _ => {}
        }
        add(&mut self.event.removed, list, scope, ids);
    }

    fn reread(&mut self, good: String) {
        if !self.event.reread.contains(&good) {
            self.event.reread.push(good);
        }
    }

    fn due(&mut self, list: &str, scope: &str) {
        let due = Complete {
            list: owned(list),
            scope: owned(scope),
        };
        if !self.event.due.contains(&due) {
            self.event.due.push(due);
        }
    }

    /// An entry that cannot be read.
    fn odd(&mut self) {
        let name = std::mem::take(&mut self.name);
        self.say("event-row-unreadable", &name);
        self.name = name;
    }

    fn say(&mut self, code: &str, value: &str) {
        let item = ("connection", None, "webhook");
        let values = params(&[("value", value)]);
        let odd = issue(code, Severity::Notice, item, values);
        self.event.issues.push(odd);
    }
}

fn ids(nodes: impl Iterator<Item = Node>) -> Vec<String> {
    nodes.filter_map(|node| id(&node).ok().flatten()).collect()
}

fn add(lists: &mut Vec<Removed>, list: &str, scope: &str, ids: Vec<String>) {
    let known = lists
        .iter_mut()
        .find(|known| known.list == list && known.scope == scope);
    match known {
        Some(known) => known.ids.extend(ids),
        None => lists.push(Removed {
            list: owned(list),
            scope: owned(scope),
            ids,
        }),
    }
}

/// Adds stock rows; of one branch the later one counts.
fn merge(stocks: &mut Vec<GoodStock>, good: String, rows: Vec<BranchStock>) {
    let known = stocks.iter_mut().find(|known| known.id == good);
    let Some(known) = known else {
        stocks.push(GoodStock {
            id: good,
            stocks: rows,
        });
        return;
    };
    for row in rows {
        known
            .stocks
            .retain(|other| other.branch_id != row.branch_id);
        known.stocks.push(row);
    }
}
