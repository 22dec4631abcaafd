//! Sorting in a few lines: the standard library's sorts cost 20 KB of wasm, 60 KB of PHP.

/// Heapsort. Lists mostly come sorted already, which is looked at first. Not stable: give it keys
/// that differ.
pub fn sort<T>(items: &mut [T], less: impl Fn(&T, &T) -> bool) {
    let ordered = |pair: &[T]| match pair {
        [a, b] => !less(b, a),
        _ => true,
    };
    if items.windows(2).all(ordered) {
        return;
    }
    let length = items.len();
    for root in (0..length / 2).rev() {
        sift(items, root, &less);
    }
    for end in (1..length).rev() {
        items.swap(0, end);
        if let Some(heap) = items.get_mut(..end) {
            sift(heap, 0, &less);
        }
    }
}

/// Sinks an item until neither child is greater.
fn sift<T>(heap: &mut [T], mut root: usize, less: &impl Fn(&T, &T) -> bool) {
    loop {
        let left = root.saturating_mul(2).saturating_add(1);
        let right = left.saturating_add(1);
        let (Some(item), Some(first)) = (heap.get(root), heap.get(left)) else {
            return;
        };
        let (child, greatest) = match heap.get(right) {
            Some(second) if less(first, second) => (right, second),
            _ => (left, first),
        };
        if !less(item, greatest) {
            return;
        }
        heap.swap(root, child);
        root = child;
    }
}

#[cfg(test)]
mod tests {
    use super::sort;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(mut items: Vec<u8>) {
            let mut expected = items.clone();
            expected.sort_unstable();
            sort(&mut items, |a, b| a < b);
            prop_assert_eq!(items, expected);
        }
    }
}
