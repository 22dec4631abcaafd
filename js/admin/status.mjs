// What the status means for the screens.

/** The owner has been through the wizard, or set the shop up with WP-CLI. */
export function setUp(status, wizard) {
  const state = status.connection?.state;
  if (state === undefined || state === 'new' || state === 'closed') return false;
  return wizard === '' || wizard === 'done';
}

/** Tone of the badge of a run's state. */
export const runTone = (state) => ({
  running: 'work', waiting: 'wait', paused: 'off', asked: 'warn', stuck: 'bad', done: 'good', failed: 'bad', cancelled: 'off',
}[state] ?? 'off');

/** What can be done with a run: by its state. */
export function runActions(state) {
  if (state === 'running' || state === 'waiting' || state === 'stuck') return ['pause', 'cancel'];
  if (state === 'paused') return ['resume', 'cancel'];
  if (state === 'asked') return ['accept', 'cancel'];
  return [];
}

/** Share of the hour's calls, and when it is time to say so. */
export function budgetTone({ used, limit }) {
  if (limit <= 0) return 'good';
  return used >= limit ? 'bad' : used * 10 >= limit * 8 ? 'warn' : 'good';
}

/** The counts of a run that are worth a line, in the order of interest. */
export const countKeys = ['created', 'updated', 'linked', 'unlinked', 'skipped', 'review', 'failed', 'unchanged'];
export const countsOf = (counts) => countKeys.filter((key) => counts[key] > 0).map((key) => [key, counts[key]]);
