//! The door for browser and Node: one `wasm-bindgen` function an export.
