//! Value types, function types and the integer interval kept for every expression.

/// A WebAssembly value type, reduced to those the translator knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// 32-bit integer; in PHP an int in 0..=2^32-1.
    I32,
    /// 64-bit integer; in PHP an int.
    I64,
    /// 32-bit float; in PHP a float that is exactly representable in 32 bits.
    F32,
    /// 64-bit float; in PHP a float.
    F64,
    /// A function reference or null.
    FuncRef,
    /// A host value or null.
    ExternRef,
}

impl Type {
    /// Whether a PHP local of this type starts as a float, an int or null.
    pub fn zero(self) -> &'static str {
        match self {
            Type::I32 | Type::I64 => "0",
            Type::F32 | Type::F64 => "0.0",
            Type::FuncRef | Type::ExternRef => "null",
        }
    }

    /// One letter for signatures in the generated code.
    pub fn letter(self) -> char {
        match self {
            Type::I32 => 'i',
            Type::I64 => 'l',
            Type::F32 => 'f',
            Type::F64 => 'd',
            Type::FuncRef => 'r',
            Type::ExternRef => 'e',
        }
    }
}

/// Parameters and results of a function or block.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Signature {
    /// Parameter types.
    pub params: Vec<Type>,
    /// Result types.
    pub results: Vec<Type>,
}

impl Signature {
    /// A text that is equal exactly when the signatures are, for run-time link checks.
    pub fn text(&self) -> String {
        let letters = |types: &[Type]| types.iter().map(|t| t.letter()).collect::<String>();
        format!("{}:{}", letters(&self.params), letters(&self.results))
    }
}

/// The bounds of a PHP int. `i128` so that the arithmetic on bounds never wraps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Lowest value.
    pub lo: i128,
    /// Highest value.
    pub hi: i128,
}

/// 2^32-1.
pub const U32_MAX: i128 = 0xffff_ffff;
/// 2^31-1.
pub const I32_MAX: i128 = 0x7fff_ffff;
const I64_MIN: i128 = i64::MIN as i128;
const I64_MAX: i128 = i64::MAX as i128;

impl Interval {
    /// Bounds from `lo` to `hi`.
    pub fn new(lo: i128, hi: i128) -> Self {
        Interval { lo, hi }
    }

    /// Just one value.
    pub fn point(value: i64) -> Self {
        Self::new(value as i128, value as i128)
    }

    /// The canonical form of i32.
    pub fn u32() -> Self {
        Self::new(0, U32_MAX)
    }

    /// Any PHP int.
    pub fn any() -> Self {
        Self::new(I64_MIN, I64_MAX)
    }

    /// Whether every value lies in `lo..=hi`.
    pub fn within(&self, lo: i128, hi: i128) -> bool {
        self.lo >= lo && self.hi <= hi
    }

    /// Whether every value is a PHP int, that is, no result became a float.
    pub fn fits(&self) -> bool {
        self.within(I64_MIN, I64_MAX)
    }

    /// Sum of the bounds.
    pub fn add(&self, other: &Self) -> Self {
        Self::new(self.lo + other.lo, self.hi + other.hi)
    }

    /// Difference of the bounds.
    pub fn sub(&self, other: &Self) -> Self {
        Self::new(self.lo - other.hi, self.hi - other.lo)
    }

    /// Product of the bounds; both sides must fit 64 bits.
    pub fn mul(&self, other: &Self) -> Self {
        let all = [
            self.lo * other.lo,
            self.lo * other.hi,
            self.hi * other.lo,
            self.hi * other.hi,
        ];
        Self::new(
            all.iter().copied().min().unwrap_or(0),
            all.iter().copied().max().unwrap_or(0),
        )
    }

    /// Smallest interval around both.
    pub fn join(&self, other: &Self) -> Self {
        Self::new(self.lo.min(other.lo), self.hi.max(other.hi))
    }

    /// Bits (without sign) that any value of the interval needs.
    fn bits(&self) -> u32 {
        let need = |v: i128| 128 - (if v < 0 { !v } else { v }).leading_zeros();
        need(self.lo).max(need(self.hi))
    }

    /// What `|` and `^` can give.
    pub fn or(&self, other: &Self) -> Self {
        let top = 1i128 << self.bits().max(other.bits());
        if self.lo >= 0 && other.lo >= 0 {
            Self::new(0, top - 1)
        } else {
            Self::new(-top, top - 1)
        }
    }

    /// What `&` can give.
    pub fn and(&self, other: &Self) -> Self {
        match (self.lo >= 0, other.lo >= 0) {
            (true, true) => Self::new(0, self.hi.min(other.hi)),
            (true, false) => Self::new(0, self.hi),
            (false, true) => Self::new(0, other.hi),
            (false, false) => self.or(other),
        }
    }

    /// Arithmetic shift right by a constant.
    pub fn shr(&self, by: u32) -> Self {
        Self::new(self.lo >> by, self.hi >> by)
    }

    /// PHP's `<<` by a constant, which drops bits silently.
    pub fn shl(&self, by: u32) -> Self {
        let shifted = Self::new(self.lo << by, self.hi << by);
        if shifted.fits() {
            shifted
        } else {
            Self::any()
        }
    }
}
