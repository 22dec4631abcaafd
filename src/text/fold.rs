//! Trimming, NFC and simple case folding (`İ` folds in full) for Latin letters.

use super::latin::{COMPOSED, SMALL};

/// Whitespace, no-break and zero-width characters, and control characters: what copying from a
/// spreadsheet leaves around a value.
fn is_blank(c: char) -> bool {
    matches!(c, '\0'..=' ' | '\u{7F}'..='\u{A0}' | '\u{AD}' | '\u{1680}' | '\u{2000}'..='\u{200F}'
        | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{2064}' | '\u{3000}' | '\u{FEFF}')
}

/// The text without blanks around it, no-break and zero-width ones included.
#[must_use]
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// Whether two texts are the same to a person: trimmed, NFC, without case.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b) = (trim(a), trim(b));
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    fold(a) == fold(b)
}

/// The text in NFC with simple case folding, for comparing only.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    let mut cluster = Cluster::default();
    for c in text.chars() {
        let c = lower(c);
        match class(c) {
            0 => cluster.start(c, &mut out),
            class => cluster.mark(c, class),
        }
    }
    cluster.flush(&mut out);
    out
}

/// A letter and the marks upon it, in canonical order. A composed letter is taken apart only when
/// a mark follows it: most text is composed already, and this runs in PHP.
#[derive(Default)]
struct Cluster {
    base: Option<char>,
    apart: bool,
    marks: Vec<(u8, char)>,
}

impl Cluster {
    fn start(&mut self, c: char, out: &mut String) {
        self.flush(out);
        self.base = Some(c);
        self.apart = false;
        if c == '\u{130}' {
            self.take_apart();
        }
    }

    fn take_apart(&mut self) {
        self.apart = true;
        while let Some((letter, mark)) = self.base.and_then(decomposed) {
            let at = self
                .marks
                .iter()
                .position(|(other, _)| *other >= class(mark));
            let at = at.unwrap_or(self.marks.len());
            self.marks.insert(at, (class(mark), mark));
            self.base = Some(letter);
        }
    }

    /// Marks of one class keep their order; others sort by class (Unicode 3.11, D108).
    fn mark(&mut self, c: char, class: u8) {
        if !self.apart {
            self.take_apart();
        }
        let at = self.marks.iter().rposition(|(other, _)| *other <= class);
        let at = at.map_or(0, |at| at.saturating_add(1));
        self.marks.insert(at.min(self.marks.len()), (class, c));
    }

    fn flush(&mut self, out: &mut String) {
        let mut blocking = 0;
        let Some(mut base) = self.base.take() else {
            out.extend(self.marks.drain(..).map(|(_, c)| c));
            return;
        };
        self.marks
            .retain(|(class, mark)| match composed(base, *mark) {
                Some(letter) if blocking < *class => {
                    base = letter;
                    false
                }
                _ => {
                    blocking = *class;
                    true
                }
            });
        out.push(base);
        out.extend(self.marks.drain(..).map(|(_, c)| c));
    }
}

fn narrow(c: char) -> Option<u16> {
    u16::try_from(u32::from(c)).ok()
}

fn widen(c: u16) -> char {
    char::from_u32(u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The small letter of a Latin capital; anything else as it is.
fn lower(c: char) -> char {
    let Some(code) = narrow(c) else { return c };
    let even = code & 1 == 0;
    let next = match code {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE => code.wrapping_add(32),
        0x130 => code,
        0x100..=0x137
        | 0x14A..=0x177
        | 0x1DE..=0x1EF
        | 0x1F8..=0x21F
        | 0x222..=0x233
        | 0x246..=0x24F
        | 0x1E00..=0x1E95
        | 0x1EA0..=0x1EFF => code | 1,
        0x139..=0x148 | 0x179..=0x17E | 0x1CD..=0x1DC if !even => code.wrapping_add(1),
        0x178..=0x24F | 0x1E9B | 0x1E9E | 0x212A | 0x212B => small(code),
        _ => code,
    };
    if next == code {
        c
    } else {
        widen(next)
    }
}

fn small(code: u16) -> u16 {
    match SMALL.binary_search_by_key(&code, |(capital, _)| *capital) {
        Ok(at) => SMALL.get(at).map_or(code, |(_, small)| *small),
        Err(_) => code,
    }
}

fn decomposed(c: char) -> Option<(char, char)> {
    if c == '\u{130}' {
        return Some(('i', '\u{307}'));
    }
    let code = narrow(c)?;
    let at = COMPOSED
        .binary_search_by_key(&code, |(letter, _, _)| *letter)
        .ok()?;
    COMPOSED
        .get(at)
        .map(|(_, base, mark)| (widen(*base), widen(*mark)))
}

fn composed(base: char, mark: char) -> Option<char> {
    let (base, mark) = (narrow(base)?, narrow(mark)?);
    let found = COMPOSED.iter().find(|(_, b, m)| *m == mark && *b == base);
    found.map(|(letter, _, _)| widen(*letter))
}

/// The canonical combining class of the marks U+0300–U+036F; 0 for everything else.
fn class(c: char) -> u8 {
    let Some(code) = narrow(c) else { return 0 };
    match code {
        0x34F => 0,
        0x334..=0x338 => 1,
        0x321 | 0x322 | 0x327 | 0x328 => 202,
        0x31B => 216,
        0x316..=0x319
        | 0x31C..=0x320
        | 0x323..=0x326
        | 0x329..=0x333
        | 0x339..=0x33C
        | 0x347..=0x349
        | 0x34D
        | 0x34E
        | 0x353..=0x356
        | 0x359
        | 0x35A => 220,
        0x315 | 0x31A | 0x358 => 232,
        0x35C | 0x35F | 0x362 => 233,
        0x35D | 0x35E | 0x360 | 0x361 => 234,
        0x345 => 240,
        0x300..=0x36F => 230,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    /// Simple case folding of one Latin letter, from the standard library's tables.
    fn reference_lower(c: char) -> char {
        match c {
            '\u{17F}' => return 's',
            '\u{1E9B}' => return '\u{1E61}',
            '\u{1E9E}' => return 'ß',
            '\u{130}' => return c,
            _ => {}
        }
        let mut small = c.to_lowercase();
        match (small.next(), small.next()) {
            (Some(one), None) => one,
            _ => c,
        }
    }

    fn reference(text: &str) -> String {
        text.nfc()
            .map(reference_lower)
            .collect::<String>()
            .replace('\u{130}', "i\u{307}")
            .nfc()
            .collect()
    }

    fn latin() -> impl Iterator<Item = char> {
        let ranges = [0x20..=0x24F, 0x1E00..=0x1EFF, 0x212A..=0x212B];
        ranges
            .into_iter()
            .flatten()
            .filter_map(char::from_u32)
            .filter(|c| c.is_alphabetic() || *c == ' ')
    }

    #[test]
    fn every_latin_letter_alone_and_with_every_mark_folds_as_unicode_says() {
        for letter in latin() {
            assert_eq!(
                fold(&letter.to_string()),
                reference(&letter.to_string()),
                "{letter:?}"
            );
            for mark in (0x300..=0x36F)
                .filter_map(char::from_u32)
                .filter(|c| !('\u{340}'..='\u{344}').contains(c))
            {
                let text: String = [letter, mark].iter().collect();
                assert_eq!(fold(&text), reference(&text), "{letter:?} {mark:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_latin_text_folds_as_unicode_says(
            text in "[a-zA-Z0-9 \u{C0}-\u{17F}\u{1A0}\u{1A1}\u{1AF}\u{1B0}\u{300}-\u{314}\u{31B}\u{323}-\u{328}\u{1E00}-\u{1EFF}]{0,24}"
        ) {
            prop_assert_eq!(fold(&text), reference(&text));
        }

        #[test]
        fn decomposed_and_composed_text_are_the_same(text in "[a-zA-Z\u{C0}-\u{17F}\u{1EA0}-\u{1EF9}ơưƠƯ]{0,16}") {
            let apart: String = text.nfd().collect();
            prop_assert!(same(&text, &apart));
            prop_assert!(same(&apart.to_uppercase(), &text) || text.contains(['ŉ', 'ß', 'ı']));
        }
    }

    #[test]
    fn blanks_around_are_cut_even_invisible_ones() {
        assert_eq!(trim("\u{FEFF}\u{A0} SP 01\u{200B}\t\n"), "SP 01");
    }

    #[test]
    fn other_scripts_are_left_as_they_are() {
        assert_eq!(fold("Ж 日本"), "Ж 日本");
    }
}
