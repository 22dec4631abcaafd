// Dongbo's own routes (`rest.d.ts`). Nonce and language of the user come with wp.apiFetch.
import apiFetch from '@wordpress/api-fetch';

const ROOT = '/dongbo/v1';

/** `?a=1&ids[]=…` of what is set. */
export function query(values = {}) {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(value)) value.forEach((one) => parts.append(`${name}[]`, one));
    else if (value !== undefined && value !== null && value !== '') parts.append(name, typeof value === 'boolean' ? Number(value) : value);
  }
  const text = parts.toString();
  return text === '' ? '' : `?${text}`;
}

/** What WordPress says to a stranger who asks for a new nonce: the session is over. */
const STRANGER = '0';

/** A refusal as a record: without `parse`, and when no nonce was to be had, it comes as the bare response. */
async function refusal(refused) {
  if (!(refused instanceof Response)) return refused;
  const text = await refused.text();
  if (text.trim() === STRANGER) return { code: 'not-logged-in' };
  try {
    return JSON.parse(text);
  } catch {
    return { code: 'invalid_json' };
  }
}

const ask = (options) => apiFetch(options).catch(async (refused) => { throw await refusal(refused); });

export const get = (path, values, options = {}) => ask({ path: ROOT + path + query(values), ...options });
export const post = (path, data = {}) => ask({ path: ROOT + path, method: 'POST', data });
export const put = (path, data) => ask({ path: ROOT + path, method: 'PUT', data });

/** A page of a list, with how many there are in all. */
export async function list(path, values, options = {}) {
  let answer;
  try {
    answer = await apiFetch({ path: ROOT + path + query(values), parse: false, ...options });
  } catch (refused) {
    throw await refusal(refused);
  }
  return { rows: await answer.json(), total: Number(answer.headers.get('X-WP-Total') ?? 0), pages: Number(answer.headers.get('X-WP-TotalPages') ?? 1) };
}

/** Lets the browser save what a route answers. */
export async function download(path, values, name) {
  let answer;
  try {
    answer = await apiFetch({ path: ROOT + path + query(values), parse: false });
  } catch (refused) {
    throw await refusal(refused);
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Where the wizard was left: kept with the site, so that it goes on from another device. */
export const rememberStep = (step) => ask({ path: '/wp/v2/settings', method: 'POST', data: { dongbo_wizard: step } });
