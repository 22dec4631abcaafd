//! Small computations whose hand-written PHP stands in `hand.php`: fib, sha-256, a sort, a walk through JSON text.
#![crate_type = "cdylib"]

#[no_mangle]
pub extern "C" fn reserve(size: usize) -> *mut u8 {
    let mut buffer = vec![0u64; size / 8 + 1];
    let address = buffer.as_mut_ptr();
    core::mem::forget(buffer);
    address.cast()
}

#[no_mangle]
pub extern "C" fn fib(n: u32) -> u32 {
    if n < 2 {
        n
    } else {
        fib(n - 1) + fib(n - 2)
    }
}

const K: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
    0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
    0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
    0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
];

/// Digest of `len` bytes (a multiple of 64), without padding; returns the first word.
#[no_mangle]
pub extern "C" fn sha256(input: *const u8, len: usize) -> u32 {
    let bytes = unsafe { core::slice::from_raw_parts(input, len) };
    let mut h: [u32; 8] = [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];
    for block in bytes.chunks_exact(64) {
        let mut w = [0u32; 64];
        for (word, four) in w.iter_mut().zip(block.chunks_exact(4)) {
            *word = u32::from_be_bytes([four[0], four[1], four[2], four[3]]);
        }
        for i in 16..64 {
            let s0 = w[i - 15].rotate_right(7) ^ w[i - 15].rotate_right(18) ^ w[i - 15] >> 3;
            let s1 = w[i - 2].rotate_right(17) ^ w[i - 2].rotate_right(19) ^ w[i - 2] >> 10;
            w[i] = w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1);
        }
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut x] = h;
        for i in 0..64 {
            let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
            let t1 = x.wrapping_add(s1).wrapping_add(e & f ^ !e & g).wrapping_add(K[i]).wrapping_add(w[i]);
            let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
            let t2 = s0.wrapping_add(a & b ^ a & c ^ b & c);
            (x, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(t1), c, b, a, t1.wrapping_add(t2));
        }
        for (sum, part) in h.iter_mut().zip([a, b, c, d, e, f, g, x]) {
            *sum = sum.wrapping_add(part);
        }
    }
    h[0]
}

/// Sorts pseudo-random words and returns a checksum.
#[no_mangle]
pub extern "C" fn sort(count: u32) -> u32 {
    let mut seed = 2463534242u32;
    let mut words: Vec<u32> = (0..count)
        .map(|_| {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            seed
        })
        .collect();
    // Heap sort, the same in both languages.
    let len = words.len();
    for start in (0..len / 2).rev() {
        sift(&mut words, start, len);
    }
    for end in (1..len).rev() {
        words.swap(0, end);
        sift(&mut words, 0, end);
    }
    words.iter().fold(0u32, |sum, word| sum.wrapping_mul(31).wrapping_add(*word))
}

fn sift(words: &mut [u32], mut root: usize, end: usize) {
    loop {
        let mut child = root * 2 + 1;
        if child >= end {
            return;
        }
        if child + 1 < end && words[child] < words[child + 1] {
            child += 1;
        }
        if words[root] >= words[child] {
            return;
        }
        words.swap(root, child);
        root = child;
    }
}

/// Walks JSON text: structural characters outside strings and the sum of all digits in numbers.
#[no_mangle]
pub extern "C" fn walk(input: *const u8, len: usize) -> u32 {
    let bytes = unsafe { core::slice::from_raw_parts(input, len) };
    let (mut at, mut depth, mut sum) = (0, 0u32, 0u32);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.wrapping_sub(1),
            digit @ b'0'..=b'9' => sum = sum.wrapping_mul(3).wrapping_add(u32::from(digit - b'0') + depth),
            _ => {}
        }
        at += 1;
    }
    sum
}
