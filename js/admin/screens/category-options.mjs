// The POS's category tree as indented options.

/** @param {{id: string, name: string, parent?: string}[]} categories */
export function categoryOptions(categories) {
  const below = new Map();
  const known = new Set(categories.map(({ id }) => id));
  for (const category of categories) {
    const parent = known.has(category.parent) ? category.parent : '';
    below.set(parent, [...(below.get(parent) ?? []), category]);
  }
  const seen = new Set();
  const walk = (parent, depth) => (below.get(parent) ?? []).flatMap(({ id, name }) => {
    if (seen.has(id)) return [];
    seen.add(id);
    return [{ value: id, label: `${'\u2003'.repeat(depth)}${name}` }, ...walk(id, depth + 1)];
  });
  return walk('', 0);
}
