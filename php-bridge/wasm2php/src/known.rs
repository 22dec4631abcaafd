//! Functions of the compiler's own library, known by name and signature, that are worth more than a translation.

use crate::module::Module;

/// C's `memcmp` (or `bcmp`): compiler-builtins compares byte by byte; a helper compares words.
pub fn is_memcmp(module: &Module<'_>, func: u32) -> bool {
    is(module, func, &["memcmp", "bcmp"], "iii:i")
}

/// The 128-bit product behind every checked product of i64: address of the result, two factors as low and high half.
pub fn is_multiply(module: &Module<'_>, func: u32) -> bool {
    is(module, func, &["__multi3"], "illll:")
}

/// Statements before the body of [`is_multiply`]: factors that are i64 in truth, and a product that is, need one
/// multiplication instead of twenty. PHP turns a product that is none into a float.
pub const MULTIPLY: &str = "if($c===$b>>63&&$e===$d>>63&&\\is_int($V=$b*$d)){\
$m[($J=$a>>2)+3];$m[$J]=$V&4294967295;$m[$J+1]=$V>>32&4294967295;$m[$J+2]=$m[$J+3]=$V<0?4294967295:0;return;}\n";

fn is(module: &Module<'_>, func: u32, names: &[&str], signature: &str) -> bool {
    let function = &module.funcs[func as usize];
    let named = function
        .name
        .as_deref()
        .is_some_and(|name| names.contains(&name));
    named && function.import.is_none() && module.signature(func).text() == signature
}
