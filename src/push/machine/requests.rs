//! What the POS is asked for at a step, and handing it out.

use super::{Pusher, ATTEMPTS};
use crate::orders::path_segment;
use crate::pos::{owned, params};
use crate::push::body;
use crate::push::category::{place, Place};
use crate::push::protocol::{
    PushReplyField as Field, PushRequest, PushRequestKind as Kind, PushStep as Step,
};
use crate::push::view::Turn;
use crate::text::integer;

/// Rows asked for at once.
const PAGE_SIZE: i64 = 100;

impl Pusher<'_> {
    /// Hands a step's request out.
    pub(super) fn ask(&mut self, step: Step) {
        self.state.step = step;
        match self.request(step) {
            Some(request) if request.once && self.state.attempts >= ATTEMPTS => {
                self.fail("push-unanswered", Vec::new());
            }
            Some(request) => self.put(request),
            // The context has changed under the step.
            None if step != Step::Next => self.next(),
            None => {}
        }
    }

    /// The same step's request once more.
    pub(super) fn again(&mut self) {
        match self.state.step {
            // What is sent depends on what the POS holds now.
            Step::ChangeGood => self.ask(Step::ReadGood),
            step => self.ask(step),
        }
    }

    fn request(&self, step: Step) -> Option<PushRequest> {
        let row = self.view.row(self.state.row);
        Some(match step {
            Step::Next => return None,
            Step::FindCategory => {
                let (size, offset) = (integer(PAGE_SIZE), integer(self.state.offset));
                let query = [
                    ("orderBy", "categoryId"),
                    ("orderDirection", "Asc"),
                    ("pageSize", &size),
                    ("currentItem", &offset),
                ];
                get("/categories", &query, "read_categories", Field::Categories)
            }
            Step::MakeCategory => {
                let Place::Make(term, parent) = place(&self.view) else {
                    return None;
                };
                let body = body::category(term, parent.as_deref());
                post("/categories", body, "read_categories", Field::Categories)
            }
            Step::FindCode => by_code(&self.view.code(row?)),
            Step::MakeGood => {
                let Place::Known(category) = place(&self.view) else {
                    return None;
                };
                let body = body::good(&self.view, row?, &category);
                post("/products", body, "read_good", Field::Goods)
            }
            Step::ReadGood => {
                let id = self.linked_good()?;
                get(&good_path(&id), &[], "read_good", Field::Goods)
            }
            // Made of the answer to ReadGood; the tree has a pass of its own.
            Step::ChangeGood | Step::ReadTree | Step::ChangeTree => return None,
        })
    }

    /// The good that the row's fields are compared with.
    fn linked_good(&self) -> Option<String> {
        match self.view.turn(self.view.row(self.state.row)?) {
            Turn::Edit(good, _) => Some(good.id.clone()),
            _ => None,
        }
    }

    pub(super) fn put(&mut self, mut request: PushRequest) {
        request.id = self.state.next_id;
        self.state.next_id = self.state.next_id.saturating_add(1);
        self.state.out = Some(request);
        self.state.handed = false;
    }

    pub(super) fn ask_token(&mut self) {
        self.put(PushRequest {
            kind: Kind::Token,
            ..PushRequest::default()
        });
    }
}

/// A good by its code. One that a path cannot hold safely is asked for in the query (§3.1).
fn by_code(code: &str) -> PushRequest {
    let unsafe_path = |byte: u8| byte.is_ascii_control() || b"/\\?#%".contains(&byte);
    if code.bytes().any(unsafe_path) || code == "." || code == ".." {
        let query = [("Id", "0"), ("Code", code)];
        return get("/products/code", &query, "read_good", Field::Goods);
    }
    let mut path = owned("/products/code/");
    path_segment(&mut path, code);
    get(&path, &[], "read_good", Field::Goods)
}

pub(super) fn good_path(id: &str) -> String {
    let mut path = owned("/products/");
    path_segment(&mut path, id);
    path
}

fn get(path: &str, query: &[(&str, &str)], reader: &str, rows: Field) -> PushRequest {
    PushRequest {
        path: owned(path),
        query: params(query),
        reader: owned(reader),
        rows,
        ..PushRequest::default()
    }
}

fn post(path: &str, body: String, reader: &str, rows: Field) -> PushRequest {
    PushRequest {
        kind: Kind::Post,
        body,
        once: true,
        ..get(path, &[], reader, rows)
    }
}
