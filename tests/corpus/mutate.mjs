// Random changes to a record, the same for the same seed.
//
// Three things are left out because JSON itself means something else in PHP than in JavaScript, so no rule is at fault:
// integers beyond ±(2^53−1), halves of surrogate pairs, and new field names that are numbers.

/** Numbers from 0 to 1 by the mulberry32 recipe. */
export function random(seed) {
    let state = seed >>> 0;
    const next = () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = Math.imul(state ^ (state >>> 15), state | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    const below = (n) => Math.floor(next() * n);
    return { below, pick: (list) => list[below(list.length)] };
}

const NUMBERS = [0, 1, -1, 2, 999, 1000, 1001, -1000, 255, 256, 65536, 2147483647, 2147483648, -2147483648, 4294967295, 4294967296,
    1e12, 1760000000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0.5, -2.25, 1e300];
const TEXTS = ['', ' ', '0', '1', '-1', '00012', '1.5', '1,5', '1e3', '9223372036854775807', '9223372036854775808', '-9223372036854775808',
    'null', '[]', '{}', '{"a":', 'true', 'Áo thun', 'A\u0301o thun', 'ĐỒNG', '\u0000', '\u0007\t\r\n', '\u200b', '\u202eabc', '\u2028',
    '😀', '👨‍👩‍👧', '<b>&amp;"\'', '../..', '\ufeffA', '\uffff', 'ß', 'İ', 'x'.repeat(300), 'ế'.repeat(200), '2026-02-30T25:61:00', '2026-11-22T17:00:00.0000000'];
const NAMES = ['id', 'name', 'code', '', 'ế', '__proto__', 'constructor', 'toString', 'length', ' a', 'A.b', 'settings'];

const isTree = (value) => typeof value === 'object' && value !== null;
/** Like an assignment, but `__proto__` is a field as any other. */
const put = (tree, key, value) => Object.defineProperty(tree, key, { value, enumerable: true, writable: true, configurable: true });
const copy = (value) => (value === undefined ? null : JSON.parse(JSON.stringify(value)));

/** Every place of a record: what it is in, and its key. */
function places(tree, found = []) {
    for (const key of Object.keys(tree)) {
        found.push([tree, key]);
        if (isTree(tree[key])) {
            places(tree[key], found);
        }
    }
    return found;
}

function nested(value, rng) {
    let outer = value;
    for (let depth = rng.pick([1, 2, 5, 40, 150]); depth > 0; --depth) {
        outer = rng.below(2) === 0 ? [outer] : { [rng.pick(['a', 'id', 'name'])]: outer };
    }
    return outer;
}

/** A text near this one. */
function near(text, rng) {
    const letters = [...text];
    const at = rng.below(letters.length + 1);
    letters.splice(at, rng.below(3), ...[...rng.pick(TEXTS)].slice(0, 3));
    return letters.join('');
}

function other(value, rng, pool) {
    switch (rng.below(9)) {
        case 0: return null;
        case 1: return rng.pick(NUMBERS);
        case 2: return rng.pick(TEXTS);
        case 3: return rng.below(2) === 0;
        case 4: return rng.pick([[], {}, [[]], [{}], [null], { a: null }]);
        case 5: return nested(copy(value), rng);
        case 6: return copy(rng.pick(pool));
        default:
            if (typeof value === 'number') {
                const moved = value + rng.pick([1, -1, 1000, -1000, -2 * value]);
                return Number.isSafeInteger(moved) ? moved : 0;
            }
            return typeof value === 'string' ? near(value, rng) : isTree(value) ? Object.values(value) : String(value);
    }
}

/** A changed copy of `input`; `pool` holds values of other cases. */
export function mutate(input, rng, pool) {
    const changed = copy(input);
    for (let left = 1 + rng.below(4); left > 0; --left) {
        const all = places(changed);
        if (all.length === 0) {
            put(changed, rng.pick(NAMES), rng.pick(TEXTS));
            continue;
        }
        const [tree, key] = rng.pick(all);
        const value = tree[key];
        const list = Array.isArray(tree);
        switch (rng.below(8)) {
            case 0:
                list ? tree.splice(Number(key), 1) : delete tree[key];
                break;
            case 1:
                list ? tree.splice(Number(key), 0, copy(value)) : put(tree, rng.pick(NAMES), copy(value));
                break;
            case 2: {
                const [from, name] = rng.pick(all);
                put(tree, key, copy(from[name]));
                break;
            }
            default:
                put(tree, key, other(value, rng, pool));
        }
    }
    return changed;
}
