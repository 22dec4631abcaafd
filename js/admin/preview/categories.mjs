// The category tree's plan as rows of the preview. Plain, so that it can be tested.

/** What would be done to each category, and what a person must see to; categories in step are left out. */
export function categoryRows({ operations, issues = [] }) {
  const known = new Map(operations.map((operation) => [operation.remote_id, operation]));
  const path = (operation) => {
    const names = [];
    // A category that is its own ancestor stands at the top (B12): no circle comes here, and none would be followed.
    for (let at = operation; at !== undefined && names.length <= known.size; at = known.get(at.parent_remote_id)) names.unshift(at.name);
    return names.join(' › ');
  };
  const told = new Map(issues.map((issue) => [issue.item.id, issue]));
  return operations
    .filter(({ kind, reason, remote_id: id }) => kind !== 'skip' || told.has(id) || !['in-step', 'kept-category', 'never'].includes(reason.code))
    .map((operation) => {
      const issue = told.get(operation.remote_id);
      return { id: operation.remote_id, path: path(operation), kind: operation.kind === 'skip' && issue?.severity === 'review' ? 'review' : operation.kind, reason: operation.reason, issue };
    });
}

/** Categories that have a place once this was done. */
export const placing = (rows) => rows.filter(({ kind }) => kind === 'create' || kind === 'link');

/** How many of each kind, as `[kind, count]`. */
export function categoryCounts(rows) {
  const counts = new Map();
  for (const { kind } of rows) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts];
}
