// Settings that are an instant: numbers beyond any count, shown as a day of the site's zone.
import { boot } from '../boot.mjs';
import { zoned } from '../format.mjs';

/** Milliseconds since 1970 reach this in 2001; no count or size does. */
const AN_INSTANT = 1e12;

export const isInstant = (field) => field.kind === 'number' && field.max !== null && field.max > AN_INSTANT;

/** The day of an instant, `2026-11-22`; `''` for none. */
export function dayOf(ms, timezone = boot.timezone) {
  if (!ms) return '';
  const { at, timeZone } = zoned(ms, timezone);
  // Swedish writes dates as a date field does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at);
}

/** The instant at which a day begins on the site; null for none. */
export function startOf(day, timezone = boot.timezone) {
  if (day === '') return null;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Nobody is further than 14 hours from UTC: the right hour is the one that shows this day's midnight.
  for (let hours = -14; hours <= 14; hours += 0.25) {
    const at = midnight - hours * 3_600_000;
    const { at: shifted, timeZone } = zoned(at, timezone);
    const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(shifted);
    if (shown === `${day} 00:00`) return at;
  }
  return midnight;
}
