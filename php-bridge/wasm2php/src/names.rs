//! Names of locals and labels, chosen last: the most used local of any function is `$n`, its first label `L1`.
//!
//! A stack frame is almost always the most used local; under one name it looks the same in every function, and what
//! looks the same packs. The engine's deflated text is a hundredth smaller for it.

use crate::function::local_name;
use std::collections::BTreeMap;

/// The place of `$n`, where the names of locals begin; parameters are mostly before it.
const FIRST: usize = 12;

/// The number of names of one letter.
const SHORT: usize = 25;

/// A variable or label in generated text; everything else is kept.
enum Token<'a> {
    Text(&'a str),
    Local(&'a str),
    Label(&'a str),
}

/// `body` with its locals and labels renamed; the first `arity` locals are parameters and keep their names.
pub fn renamed(body: &str, arity: usize) -> String {
    let tokens = tokens(body);
    let parameters: Vec<String> = (0..arity).map(local_name).collect();
    let is_kept = |name: &str| name == "$m" || parameters.iter().any(|p| p == name);
    let mut uses: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
    for token in &tokens {
        match token {
            Token::Local(name) if !is_kept(name) => {
                *uses.entry((name.len(), name)).or_default() += 1;
            }
            Token::Label(label) => {
                let next = labels.len() + 1;
                labels.entry(label).or_insert(next);
            }
            _ => {}
        }
    }
    let mut by_use: Vec<(&str, usize)> = uses.into_iter().map(|((_, n), u)| (n, u)).collect();
    by_use.sort_by_key(|(_, uses)| std::cmp::Reverse(*uses));
    let free = (FIRST..SHORT).chain(0..FIRST).chain(SHORT..);
    let locals: BTreeMap<&str, String> = by_use
        .into_iter()
        .map(|(name, _)| name)
        .zip(free.filter(|at| *at >= arity).map(local_name))
        .collect();
    tokens
        .into_iter()
        .map(|token| match token {
            Token::Local(name) => locals.get(name).cloned().unwrap_or_else(|| name.to_owned()),
            Token::Label(label) => format!("L{}", labels[label]),
            Token::Text(text) => text.to_owned(),
        })
        .collect()
}

fn tokens(body: &str) -> Vec<Token<'_>> {
    let bytes = body.as_bytes();
    let run = |from: usize, of: fn(&u8) -> bool| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|b| of(b)).count() + from
    };
    let word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let mut tokens = Vec::new();
    let (mut at, mut kept) = (0, 0);
    let mut quoted = false;
    while at < bytes.len() {
        let before = &bytes[..at];
        let (end, is_label) = match bytes[at] {
            b'\'' if !quoted || !is_escaped(before) => {
                quoted = !quoted;
                (at, false)
            }
            _ if quoted => (at, false),
            // Neither members of a class nor `$_0`, nor what the translator names in capitals.
            b'$' if !before.ends_with(b"::") => match bytes.get(at + 1) {
                Some(b) if b.is_ascii_lowercase() => (run(at + 1, word), false),
                _ => (at, false),
            },
            b'L' if !before.last().is_some_and(|b| *b == b'$' || word(b)) => {
                let end = run(at + 1, u8::is_ascii_digit);
                match bytes.get(end) {
                    Some(b':' | b';') => (end, true),
                    _ => (at, false),
                }
            }
            _ => (at, false),
        };
        if end <= at + 1 {
            at += 1;
            continue;
        }
        tokens.push(Token::Text(&body[kept..at]));
        let name = &body[at..end];
        tokens.push(if is_label {
            Token::Label(name)
        } else {
            Token::Local(name)
        });
        (at, kept) = (end, end);
    }
    tokens.push(Token::Text(&body[kept..]));
    tokens
}

/// Whether an odd number of backslashes stands before.
fn is_escaped(before: &[u8]) -> bool {
    before.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn the_most_used_comes_first_and_parameters_stay() {
        let body =
            "$b=$m[$a];$c=$c+$b;L7:$J=$c;if($b)goto L7;self::f12($m,$c,$_0);self::$c=$c?$b:$L3;L3:";
        assert_eq!(
            renamed(body, 1),
            "$o=$m[$a];$n=$n+$o;L1:$J=$n;if($o)goto L1;self::f12($m,$n,$_0);self::$c=$n?$o:$L3;L2:"
        );
    }

    #[test]
    fn texts_and_methods_of_the_host_stay() {
        let body = r"$c=$h->{'$c L1; \'đ$c'}($c);self::$h->L1($c);L2:$c='\\';";
        assert_eq!(
            renamed(body, 0),
            r"$n=$o->{'$c L1; \'đ$c'}($n);self::$h->L1($n);L1:$n='\\';"
        );
    }

    #[test]
    fn more_parameters_than_names_before_the_first() {
        let body = "$aa=$z+$n;$ab=$aa;";
        assert_eq!(renamed(body, 13), "$o=$p+$n;$q=$o;");
    }
}
