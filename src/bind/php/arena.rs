//! Memory: an arena from the end of the data upwards, started anew by each call.

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::Cell;

const PAGE: usize = 65_536;

struct Arena {
    /// The first free address; 0 before the first use.
    top: Cell<usize>,
    /// The end of the memory.
    end: Cell<usize>,
}

// SAFETY: wasm32-unknown-unknown without threads: nothing is ever shared.
unsafe impl Sync for Arena {}

#[global_allocator]
static ARENA: Arena = Arena {
    top: Cell::new(0),
    end: Cell::new(0),
};

extern "C" {
    /// Set by the linker behind data and stack; only its address means anything.
    static __heap_base: u8;
}

/// Forgets everything allocated. Called where a call begins and nothing of the last one is alive.
pub fn release() {
    ARENA.top.set(words_up(&raw const __heap_base as usize));
    ARENA.end.set(memory_size(0) << 16);
}

/// The free part: its first address and its end.
pub fn free() -> (usize, usize) {
    (ARENA.top.get(), ARENA.end.get())
}

/// Everything below `top` is in use now: the host wrote there.
pub fn advance(top: usize) {
    ARENA.top.set(words_up(top));
}

/// Makes the memory reach up to `end`; traps where the host refuses.
#[inline(never)]
pub fn reach(end: usize) {
    let missing = end.saturating_sub(ARENA.end.get());
    let pages = missing.div_ceil(PAGE);
    if memory_grow(0, pages) == usize::MAX {
        core::arch::wasm32::unreachable();
    }
    ARENA.end.set(memory_size(0) << 16);
}

/// Up to whole words: the host writes and reads words, and copies are aligned.
const fn words_up(address: usize) -> usize {
    address.wrapping_add(3) & !3
}

// SAFETY: hands out each address once between two releases, inside the memory, aligned to at
// least a word. `release` is called only where nothing allocated is alive.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let mask = layout.align().wrapping_sub(1);
        let start = self.top.get().wrapping_add(mask) & !mask;
        let top = words_up(start.wrapping_add(layout.size()));
        if top < start {
            core::arch::wasm32::unreachable();
        }
        if top > self.end.get() {
            reach(top);
        }
        self.top.set(top);
        start as *mut u8
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if words_up((old as usize).wrapping_add(layout.size())) == self.top.get() {
            // The last one grows where it is.
            let top = words_up((old as usize).wrapping_add(size));
            if top < old as usize {
                core::arch::wasm32::unreachable();
            }
            if top > self.end.get() {
                reach(top);
            }
            self.top.set(top);
            return old;
        }
        if size <= layout.size() {
            return old;
        }
        // SAFETY: `layout` is of a live allocation, so its alignment is valid; `size` is larger.
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            core::ptr::copy_nonoverlapping(old, new, layout.size());
            new
        }
    }
}
