//! A small planner, frozen: it is a yardstick, not the rules of Dongbo. 100 goods of a POS and the rows of a shop in,
//! operations out, in a compact binary form; `hand.php` does the same in PHP and must give the same bytes. Texts come
//! cleaned (the shell does that once, on entry); sorted vectors instead of trees, as small modules do.
#![no_std]
#![crate_type = "cdylib"]
extern crate alloc;

use alloc::vec::Vec;
use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;

/// Bump allocator: pages are small and memory is reset between them.
struct Bump(UnsafeCell<usize>);
unsafe impl Sync for Bump {}
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let top = &mut *self.0.get();
        let start = (*top + layout.align() - 1) & !(layout.align() - 1);
        let end = start + layout.size();
        let have = core::arch::wasm32::memory_size(0) << 16;
        if end > have && core::arch::wasm32::memory_grow(0, ((end - have) >> 16) + 1) == usize::MAX {
            return core::ptr::null_mut();
        }
        *top = end;
        start as *mut u8
    }
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}
#[global_allocator]
static HEAP: Bump = Bump(UnsafeCell::new(131072));
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

#[no_mangle]
pub extern "C" fn reset() {
    unsafe { *HEAP.0.get() = 131072 }
}
#[no_mangle]
pub extern "C" fn alloc(size: usize) -> *mut u8 {
    unsafe { HEAP.alloc(Layout::from_size_align_unchecked(size, 8)) }
}

struct Reader<'a>(&'a [u8]);
impl<'a> Reader<'a> {
    fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }
    fn number(&mut self) -> u32 {
        let (mut value, mut shift) = (0u32, 0);
        loop {
            let byte = self.byte();
            value |= u32::from(byte & 127) << (shift & 31);
            if byte < 128 {
                return value;
            }
            shift += 7;
        }
    }
    fn wide(&mut self) -> i64 {
        let mut bytes = [0u8; 8];
        if let Some((head, rest)) = self.0.split_first_chunk::<8>() {
            bytes = *head;
            self.0 = rest;
        }
        i64::from_le_bytes(bytes)
    }
    fn text(&mut self) -> &'a [u8] {
        let len = (self.number() as usize).min(self.0.len());
        let (text, rest) = self.0.split_at(len);
        self.0 = rest;
        text
    }
}

struct Good<'a> {
    id: i64,
    code: &'a [u8],
    name: &'a [u8],
    active: bool,
    base: i64,
    book: i64,
    from: i64,
    to: i64,
    stock: i64,
    attributes: Vec<(&'a [u8], &'a [u8])>,
}
struct Row<'a> {
    sku: &'a [u8],
    id: u32,
    name: &'a [u8],
    price: i64,
    sale: i64,
    stock: i64,
    attributes: &'a [u8],
}

fn trim(text: &[u8]) -> &[u8] {
    text.trim_ascii()
}

fn put_number(out: &mut Vec<u8>, mut value: u32) {
    while value > 127 {
        out.push(value as u8 | 128);
        value >>= 7;
    }
    out.push(value as u8);
}
fn put_text(out: &mut Vec<u8>, text: &[u8]) {
    put_number(out, text.len() as u32);
    out.extend_from_slice(text);
}
fn put_wide(out: &mut Vec<u8>, value: i64) {
    out.extend_from_slice(&value.to_le_bytes());
}

fn good<'a>(r: &mut Reader<'a>, branch: u32) -> Good<'a> {
    let (id, code, name, active) = (r.wide(), r.text(), r.text(), r.byte() != 0);
    let (base, book, from, to) = (r.wide(), r.wide(), r.wide(), r.wide());
    let mut stock = 0;
    for _ in 0..r.number() {
        let (at, have, reserved) = (r.number(), r.wide(), r.wide());
        if at == branch || branch == 0 {
            stock += (have - reserved).max(0);
        }
    }
    let mut attributes: Vec<_> = (0..r.number()).map(|_| (r.text(), r.text())).collect();
    attributes.sort();
    Good { id, code, name, active, base, book, from, to, stock, attributes }
}

/// Field bits of an update: name 1, price 2, sale 4, stock 8, attributes 16.
fn plan_good(good: &Good, row: Option<&Row>, now: i64, out: &mut Vec<u8>) {
    let name = trim(good.name);
    let running = good.book >= 0 && good.from <= now && now < good.to;
    let sale = if running && good.book < good.base { good.book } else { -1 };
    let stock = good.stock.div_euclid(1000);
    let mut attributes = Vec::new();
    for (key, value) in &good.attributes {
        attributes.extend_from_slice(trim(key));
        attributes.push(b'=');
        attributes.extend_from_slice(trim(value));
        attributes.push(b';');
    }
    let Some(row) = row else {
        out.push(b'C');
        put_wide(out, good.id);
        put_text(out, name);
        put_wide(out, good.base);
        put_wide(out, sale);
        put_wide(out, stock);
        put_text(out, &attributes);
        return;
    };
    let changed = u8::from(row.name != name)
        | u8::from(row.price != good.base) << 1
        | u8::from(row.sale != sale) << 2
        | u8::from(row.stock != stock) << 3
        | u8::from(row.attributes != &attributes[..]) << 4;
    if changed == 0 {
        out.push(b'K');
        put_number(out, row.id);
        return;
    }
    out.push(b'U');
    put_number(out, row.id);
    out.push(changed);
    if changed & 1 != 0 {
        put_text(out, row.name);
        put_text(out, name);
    }
    for (bit, before, after) in [(2, row.price, good.base), (4, row.sale, sale), (8, row.stock, stock)] {
        if changed & bit != 0 {
            put_wide(out, before);
            put_wide(out, after);
        }
    }
    if changed & 16 != 0 {
        put_text(out, row.attributes);
        put_text(out, &attributes);
    }
}

/// Returns the address of length (u32) and bytes of the operations.
#[no_mangle]
pub extern "C" fn plan(input: *const u8, len: usize) -> *const u8 {
    let mut r = Reader(unsafe { core::slice::from_raw_parts(input, len) });
    let (now, branch) = (r.wide(), r.number());
    let count = r.number();
    let mut rows: Vec<Row> = Vec::with_capacity(count as usize);
    for _ in 0..count {
        rows.push(Row {
            sku: r.text(),
            id: r.number(),
            name: r.text(),
            price: r.wide(),
            sale: r.wide(),
            stock: r.wide(),
            attributes: r.text(),
        });
    }
    rows.sort_unstable_by_key(|row| row.sku);
    let mut out = Vec::with_capacity(len);
    out.extend_from_slice(&[0; 4]);
    let count = r.number() as usize;
    let mut seen: Vec<&[u8]> = Vec::with_capacity(count);
    for _ in 0..count {
        let good = good(&mut r, branch);
        let sku = trim(good.code);
        let place = seen.binary_search(&sku);
        let reason = if !good.active {
            b'i'
        } else if sku.is_empty() {
            b'e'
        } else if let Err(place) = place {
            seen.insert(place, sku);
            0
        } else {
            b'd'
        };
        if reason != 0 {
            out.push(b'S');
            put_wide(&mut out, good.id);
            out.push(reason);
        } else {
            let row = rows.binary_search_by_key(&sku, |row| row.sku).ok();
            plan_good(&good, row.and_then(|at| rows.get(at)), now, &mut out);
        }
    }
    let size = (out.len() - 4) as u32;
    out[..4].copy_from_slice(&size.to_le_bytes());
    let address = out.as_ptr();
    core::mem::forget(out);
    address
}
