// A preview as data: families and what would happen to them. Plain, so that it can be tested.

/** The kinds of operations, in the order in which they are shown. */
export const KINDS = ['create', 'update', 'link', 'convert', 'release', 'unlink', 'review', 'skip'];
/** Kinds that write something. */
const WRITES = new Set(['create', 'update', 'link', 'convert', 'release', 'unlink']);
/** A preview older than this is made anew (H3). */
export const FRESH_MS = 30 * 60_000;
const BATCH = 20;

/**
 * One family of a plan as a row of the list; null when nothing is to be said about it. A category that
 * the sync puts in place before it (`placed`) is none that is missing.
 */
export function entry(plan, placed = new Set()) {
  const { operations } = plan;
  const issues = (plan.issues ?? []).filter(({ code, params = [] }) => code !== 'category-unplaced' || !placed.has(params[0]?.value));
  // What is in step already is no news.
  if (issues.length === 0 && operations.every(({ kind, reason }) => kind === 'skip' && reason.code === 'in-step')) return null;
  const kinds = [...new Set(operations.map(({ kind }) => kind))].sort((a, b) => KINDS.indexOf(a) - KINDS.indexOf(b));
  return {
    key: plan.key,
    hash: plan.hash,
    label: operations[0]?.label ?? issues[0].item.label,
    // A note is read; only what a person must decide is called so.
    kinds: issues.some(({ severity }) => severity !== 'notice') && !kinds.includes('review') ? [...kinds, 'review'] : kinds,
    writes: operations.some(({ kind }) => WRITES.has(kind)),
    operations,
    issues,
    text: [...operations.map(({ label }) => label), ...issues.map(({ item }) => item.label)].join('\n').toLowerCase(),
  };
}

/** How many operations of each kind, and why rows are skipped. */
export function summary(entries) {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  const reasons = new Map();
  for (const { operations, issues } of entries) {
    for (const { kind, reason } of operations) {
      counts[kind] += 1;
      if (kind === 'skip') reasons.set(reason.code, (reasons.get(reason.code) ?? 0) + 1);
    }
    // What a person must decide is told by an issue, which not always has an operation of its own.
    if (!operations.some(({ kind }) => kind === 'review')) counts.review += issues.filter(({ severity }) => severity === 'review').length;
  }
  return { counts, skipped: [...reasons].sort((a, b) => b[1] - a[1]) };
}

/** Rows that fit the filter. */
export const filtered = (entries, { kind = '', search = '', reason = '' }) => entries.filter((row) => (kind === '' || row.kinds.includes(kind))
  && (search === '' || row.text.includes(search.toLowerCase()))
  && (reason === '' || row.operations.some((operation) => operation.kind === 'skip' && operation.reason.code === reason)));

/** What is sent for these rows, in parts a request can carry. */
export function batches(entries) {
  const writing = entries.filter(({ writes, hash }) => writes && hash).map(({ key, hash }) => ({ family: key, hash }));
  return Array.from({ length: Math.ceil(writing.length / BATCH) }, (_, index) => writing.slice(index * BATCH, (index + 1) * BATCH));
}

/** The list after an answer of `/preview/apply`: applied rows go, changed ones are shown again, failed ones say why. */
export function settle(entries, { applied, changed, failed }) {
  const gone = new Set(applied.map(({ family }) => family));
  const anew = new Map(changed.map(({ family, hash, plan }) => [family, { ...plan, hash }]));
  const causes = new Map(failed.map(({ family, cause }) => [family, cause]));
  return entries.filter(({ key }) => !gone.has(key)).flatMap((row) => {
    if (anew.has(row.key)) {
      const now = entry(anew.get(row.key));
      return now === null ? [] : [{ ...now, changed: true }];
    }
    return [causes.has(row.key) ? { ...row, failed: causes.get(row.key) } : row];
  });
}

/** A preview of this age may no longer be applied. */
export const stale = (made, now) => now - made > FRESH_MS;
