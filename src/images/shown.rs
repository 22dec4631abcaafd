//! Which images a product shows: addresses → attachments, in the form that is compared.

use super::{ImageProduct, ImageRow, Known, Shown};
use crate::model::LinkKind;
use crate::text::integer;

/// The row whose images count: of a family its first row's, the master when it is there, else the
/// first that has any.
pub(super) fn row(product: &ImageProduct) -> Option<&ImageRow> {
    let rows = &product.rows;
    if product.kind == LinkKind::Good {
        return rows.iter().find(|row| row.id == product.remote_id);
    }
    rows.iter()
        .find(|row| row.id == product.remote_id && !row.images.is_empty())
        .or_else(|| rows.iter().find(|row| !row.images.is_empty()))
}

/// Its addresses, each once; a variation takes the first.
pub(super) fn urls(product: &ImageProduct, row: Option<&ImageRow>) -> Vec<String> {
    let mut urls: Vec<String> = Vec::new();
    for url in row.map(|row| row.images.as_slice()).unwrap_or_default() {
        if !url.is_empty() && !urls.contains(url) {
            urls.push(url.clone());
        }
    }
    if product.variation {
        urls.truncate(1);
    }
    urls
}

/// What the addresses come to; nothing when none of them can be had.
///
/// In the place of an address that could not be had stays what the product shows there: the main
/// image stays, and so does what was written for the same addresses before.
pub(super) fn wanted(product: &ImageProduct, urls: &[String], known: &[Known]) -> Option<Shown> {
    let held: Vec<i64> = urls
        .iter()
        .map(|url| {
            let known = known.iter().find(|known| known.url == *url);
            known.map_or(0, |known| known.attachment)
        })
        .collect();
    if held.iter().all(|id| *id == 0) {
        return None;
    }
    let mut wanted = Shown::default();
    if held.first() == Some(&0) {
        add(product.shop.main, &mut wanted);
    }
    for id in &held {
        add(*id, &mut wanted);
    }
    if held.contains(&0) {
        add(product.shop.main, &mut wanted);
        for id in &product.shop.gallery {
            add(*id, &mut wanted);
        }
    }
    if product.variation {
        wanted.gallery.clear();
    }
    Some(wanted)
}

/// The next image, once each, the first one as the main one.
fn add(id: i64, shown: &mut Shown) {
    if id == 0 || id == shown.main || shown.gallery.contains(&id) {
        return;
    }
    if shown.main == 0 {
        shown.main = id;
    } else {
        shown.gallery.push(id);
    }
}

/// `12,13,14`; the main image first.
pub(super) fn text(shown: &Shown) -> String {
    let mut text = if shown.main == 0 && shown.gallery.is_empty() {
        String::new()
    } else {
        integer(shown.main)
    };
    for id in &shown.gallery {
        text.push(',');
        text.push_str(&integer(*id));
    }
    text
}

/// The POS's side: the addresses, and what they stand for.
pub(super) fn pos_text(urls: &[String], shown: &Shown) -> String {
    let mut text = text(shown);
    for url in urls {
        text.push('\n');
        text.push_str(url);
    }
    text
}
