//! Pictures that change: under the same address, or to another one.

use super::lookup::ProductRef;
use crate::edit::Edit;
use crate::webhooks::Event;

/// Another picture under the same address: nothing in the API tells of it, unless `touch` bumps the good.
pub fn alter(edit: &mut Edit<'_>, which: &ProductRef, touch: bool) -> Result<(), String> {
    let now = edit.now;
    let product = which.product(edit.catalogue)?;
    let url = product.images.first().cloned();
    let url = url.ok_or_else(|| format!("{which} has no picture"))?;
    let id = product.id;
    if touch {
        product.modified_date = Some(now);
        edit.events.push(Event::Product(id));
    }
    *edit.catalogue.image_versions.entry(url).or_default() += 1;
    Ok(())
}

/// The first picture gets another address, as when it is uploaded anew.
pub fn replace(edit: &mut Edit<'_>, which: &ProductRef) -> Result<(), String> {
    let now = edit.now;
    let product = which.product(edit.catalogue)?;
    let id = product.id;
    let first = product.images.first_mut();
    let url = first.ok_or_else(|| format!("{which} has no picture"))?;
    let (stem, ending) = url.rsplit_once('.').unwrap_or((url.as_str(), "png"));
    *url = format!("{stem}r.{ending}");
    product.modified_date = Some(now);
    edit.events.push(Event::Product(id));
    Ok(())
}
