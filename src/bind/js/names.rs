//! Field names as JavaScript strings, each made once: a catalogue asks every row for the same few
//! hundred names, and making the string costs more than reading the field.

use js_sys::Reflect;
use std::cell::RefCell;
use wasm_bindgen::JsValue;

/// A name's place in the module's constants, and its string.
type Known = ((usize, usize), JsValue);

thread_local! {
    /// Sorted by place.
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

/// The field of a record; undefined where there is none.
pub fn field(record: &JsValue, name: &'static str) -> JsValue {
    let read = |name: &JsValue| Reflect::get(record, name).unwrap_or(JsValue::UNDEFINED);
    KNOWN.with(|known| {
        let Ok(mut known) = known.try_borrow_mut() else {
            return read(&JsValue::from_str(name));
        };
        let place = (name.as_ptr() as usize, name.len());
        let at = match known.binary_search_by_key(&place, |(place, _)| *place) {
            Ok(at) => at,
            Err(at) => {
                known.insert(at, (place, JsValue::from_str(name)));
                at
            }
        };
        known
            .get(at)
            .map_or(JsValue::UNDEFINED, |(_, name)| read(name))
    })
}
