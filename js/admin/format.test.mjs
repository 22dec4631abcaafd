import assert from 'node:assert/strict';
import test from 'node:test';
import { ago, date, duration, money, number, percent } from './format.mjs';

const vnd = { code: 'VND', position: 'right_space' };

test('numbers are grouped as the locale does, digit by digit, so that none is rounded (C7)', () => {
  assert.equal(number('1234567', 'vi'), '1.234.567');
  assert.equal(number('1234567', 'en-US'), '1,234,567');
  assert.equal(number('9007199254740993.05', 'vi'), '9.007.199.254.740.993,05');
  assert.equal(number('-2.500', 'en-US'), '−2.5');
  assert.equal(number('0', 'vi'), '0');
});

test('what is no number is shown as it is', () => {
  for (const text of ['', '1,5', 'abc', '1e5', '.5']) assert.equal(number(text, 'vi'), text);
});

test('đồng stands where the store puts it', () => {
  assert.equal(money('149000', { locale: 'vi', currency: vnd }), '149.000\u00a0₫');
  assert.equal(money('149000', { locale: 'en-US', currency: { code: 'VND', position: 'left' } }), '₫149,000');
  assert.equal(money('12.50', { locale: 'vi', currency: { code: 'USD', position: 'right' } }), '12,5$');
  assert.equal(money('', { locale: 'vi', currency: vnd }), '', 'no price is no zero');
});

test('a date is the site’s, by name of the zone and by offset', () => {
  const at = Date.UTC(2026, 10, 22, 18, 30);
  const style = { dateStyle: 'short', timeStyle: 'short' };
  const vietnam = date(at, { locale: 'en-GB', timezone: 'Asia/Ho_Chi_Minh', style });
  assert.equal(vietnam, '23/11/2026, 01:30');
  assert.equal(date(at, { locale: 'en-GB', timezone: '+07:00', style }), vietnam);
  assert.equal(date(at, { locale: 'en-GB', timezone: '-03:30', style }), '22/11/2026, 15:00');
  assert.equal(date(null), '');
});

test('stretches of time are said in the largest unit that tells something', () => {
  assert.equal(duration(45, 'en'), '45 seconds');
  assert.equal(duration(175, 'en'), '3 minutes');
  assert.equal(duration(7200, 'vi'), '2 giờ');
  assert.equal(ago(0, 5 * 60_000, 'vi'), '5 phút trước');
  assert.equal(ago(11 * 60_000, 0, 'en'), 'in 11 minutes');
});

test('a bar is full only when all is done', () => {
  assert.equal(percent(0, 0), 0);
  assert.equal(percent(4999, 5000), 99);
  assert.equal(percent(5000, 5000), 100);
  assert.equal(percent(5001, 5000), 100);
});
