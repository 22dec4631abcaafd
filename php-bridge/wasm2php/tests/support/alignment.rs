//! Alignment hints, which hand-written and random modules do not keep.

use wasmparser::{Parser, Payload};

/// The same module with every alignment hint lowered to one byte.
pub fn without_alignment(bytes: &[u8]) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    for payload in Parser::new(0).parse_all(bytes).map_while(Result::ok) {
        let Payload::CodeSectionEntry(body) = payload else {
            continue;
        };
        let Ok(reader) = body.get_operators_reader() else {
            continue;
        };
        for (_, offset) in reader.into_iter_with_offsets().map_while(Result::ok) {
            let at = offset as usize;
            // Loads and stores are opcodes 0x28 to 0x3e, followed by the hint in one byte.
            if (0x28..=0x3e).contains(&bytes[at]) && bytes[at + 1] < 0x40 {
                changed[at + 1] = 0;
            }
        }
    }
    changed
}
