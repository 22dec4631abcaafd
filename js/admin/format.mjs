// Numbers, money and dates as the reader's locale writes them.
import { boot } from './boot.mjs';

const MINUTE = 60_000;

/** Group and decimal marks of a locale. */
function marks(locale) {
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567.8);
  const of = (type, other) => parts.find((part) => part.type === type)?.value ?? other;
  return { group: of('group', ','), decimal: of('decimal', '.') };
}

/**
 * A decimal text (`-1234.50`) in the locale's form. Digit by digit: a number of JavaScript would
 * round what the shop stores exactly.
 */
export function number(text, locale = boot.locale) {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text).trim());
  if (match === null) return String(text);
  const { group, decimal } = marks(locale);
  const [, sign, whole, fraction = ''] = match;
  const rest = fraction.replace(/0+$/, '');
  return `${sign === '' ? '' : '−'}${whole.replace(/\B(?=(\d{3})+$)/g, group)}${rest === '' ? '' : decimal + rest}`;
}

/** A currency's sign: `₫`, `$`. */
const sign = (code, locale) => new Intl.NumberFormat(locale, { style: 'currency', currency: code, currencyDisplay: 'narrowSymbol' })
  .formatToParts(0).find(({ type }) => type === 'currency').value;

/** An amount of the store's currency, placed as WooCommerce places it. `''` stays `''`: no price. */
export function money(text, { locale = boot.locale, currency = boot.currency } = {}) {
  if (text === '' || text === null || text === undefined) return '';
  const amount = number(text, locale);
  const symbol = sign(currency.code, locale);
  const space = currency.position.endsWith('_space') ? '\u00a0' : '';
  return currency.position.startsWith('left') ? symbol + space + amount : amount + space + symbol;
}

/** Percent of a whole, 0 … 100, never 100 before all is done. */
export function percent(done, total) {
  if (total <= 0) return 0;
  return done >= total ? 100 : Math.min(99, Math.floor((100 * done) / total));
}

/** WordPress knows zones as names and as offsets; `Intl` reads offsets only in newer browsers. */
export function zoned(ms, zone) {
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (offset === null) return { at: ms, timeZone: zone };
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return { at: ms + (offset[1] === '-' ? -minutes : minutes) * MINUTE, timeZone: 'UTC' };
}

/** An instant, in the site's time zone. */
export function date(ms, { locale = boot.locale, timezone = boot.timezone, style = { dateStyle: 'short', timeStyle: 'short' } } = {}) {
  if (ms === null || ms === undefined || ms === 0) return '';
  const { at, timeZone } = zoned(ms, timezone);
  return new Intl.DateTimeFormat(locale, { ...style, timeZone }).format(at);
}

/** A day `2026-11-22` without a time. */
export const day = (text, locale = boot.locale) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', timeZone: 'UTC' })
  .format(Date.parse(`${text}T00:00:00Z`));

/** Seconds as the locale says a stretch of time: `3 min`, `2 giờ`. */
export function duration(seconds, locale = boot.locale) {
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute']
    : seconds < 129_600 ? [seconds / 3600, 'hour'] : [seconds / 86_400, 'day'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }).format(Math.max(0, value));
}

/** How long ago, or in how long: `5 phút trước`. */
export function ago(ms, now, locale = boot.locale) {
  const seconds = Math.round((ms - now) / 1000);
  const size = Math.abs(seconds);
  const [unit, divisor] = size < 90 ? ['second', 1] : size < 5400 ? ['minute', 60] : size < 129_600 ? ['hour', 3600] : ['day', 86_400];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(seconds / divisor), unit);
}

/** Bytes as MB. */
export const megabytes = (bytes, locale = boot.locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(bytes / 1_048_576);
