// What the owner has changed on the form and not saved yet. Names are paths: `policies.stock`.

/** The value a path leads to. */
export const at = (values, name) => name.split('.').reduce((record, key) => record?.[key], values);

/** Whether two values are the same choice; lists compare without order. */
export function same(a, b) {
  if (Array.isArray(a) && Array.isArray(b)) {
    const texts = (list) => list.map((one) => JSON.stringify(one)).sort();
    return String(texts(a)) === String(texts(b));
  }
  return (a ?? null) === (b ?? null);
}

/**
 * The draft after a change: a value that is back where it was is no change.
 *
 * @param {Record<string, unknown>} draft
 * @param {{type: 'change', name: string, value: unknown, stored: unknown} | {type: 'reset'}} action
 */
export function reduce(draft, action) {
  if (action.type === 'reset') return {};
  const { [action.name]: _, ...others } = draft;
  return same(action.value, action.stored) ? others : { ...others, [action.name]: action.value };
}

/** The draft as the nested record `PUT /settings` takes. */
export function nested(draft) {
  const record = {};
  for (const [name, value] of Object.entries(draft)) {
    const keys = name.split('.');
    const last = keys.pop();
    let place = record;
    for (const key of keys) place = place[key] ??= {};
    place[last] = value;
  }
  return record;
}

/** Fields whose words hold every word searched for, without accents and case. */
export function found(fields, search, words) {
  const plain = (text) => text.normalize('NFD').replace(/\p{Mn}/gu, '').replace(/đ/gi, 'd').toLowerCase();
  const wanted = plain(search).split(/\s+/).filter(Boolean);
  return fields.filter((field) => wanted.every((word) => plain(words(field)).includes(word)));
}

const THOUSANDTHS = 1000;

/** Quantities cross in thousandths; people write units. */
export const quantityText = (thousandths) => String(Number(thousandths ?? 0) / THOUSANDTHS);
export const quantityOf = (text) => Math.round(Number(String(text).replace(',', '.')) * THOUSANDTHS) || 0;
