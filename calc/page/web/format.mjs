// Amounts, shares and dates as people write them. Amounts are exact decimals in strings and never become floating point,
// but where a drawing needs a place on the screen.
import {language, say} from './words.mjs';

const SIGNS = {EUR: '€', USD: '$', GBP: '£'};
const MINUS = '\u2212', THIN = '\u202f', HARD = '\u00a0';

const isNegative = text => text.startsWith('-');
const group = (digits, mark) => digits.replace(/\B(?=(\d{3})+$)/g, mark);

// "5335.54" as cents, and back.
export function cents(text) {
  const [whole, part = ''] = String(text).replace('-', '').split('.');
  const value = BigInt(whole || '0') * 100n + BigInt((part + '00').slice(0, 2));
  return isNegative(String(text)) ? -value : value;
}

export function decimal(value) {
  const size = value < 0n ? -value : value;
  return `${value < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}

// Whole units, halves away from zero.
export function rounded(text) {
  const value = cents(text), size = ((value < 0n ? -value : value) + 50n) / 100n;
  return `${value < 0n && size > 0n ? '-' : ''}${size}`;
}

export const minus = (a, b) => decimal(cents(a) - cents(b));
export const plus = (a, b) => decimal(cents(a) + cents(b));
export const isZero = text => cents(text) === 0n;
export const larger = (a, b) => cents(a) > cents(b);
export const size = text => String(text).replace('-', '');

// The figure without its currency: 6,264.92 or 6 264,92.
export function figure(text) {
  const french = language() === 'fr', [whole, part] = size(String(text)).split('.');
  const digits = group(whole, french ? THIN : ',');
  return (isNegative(String(text)) ? MINUS : '') + digits + (part === undefined ? '' : (french ? ',' : '.') + part);
}

export function money(text, currency) {
  const sign = SIGNS[currency], number = figure(size(String(text)));
  const before = isNegative(String(text)) ? MINUS : '';
  if (language() === 'fr') return `${before}${number}${HARD}${sign ?? currency}`;
  return sign ? `${before}${sign}${number}` : `${before}${currency}${HARD}${number}`;
}

export const wholeMoney = (text, currency) => money(rounded(text), currency);

export const signedWhole = (text, currency) => {
  const amount = rounded(text);
  return (isNegative(amount) || amount === '0' ? '' : '+') + money(amount, currency);
};

export function day(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text ?? '')) return text ?? '';
  const words = new Intl.DateTimeFormat(language() === 'fr' ? 'fr' : 'en-GB', {dateStyle: 'long', timeZone: 'UTC'})
    .format(new Date(`${text}T00:00:00Z`));
  return language() === 'fr' ? words.replace(/^1 /, '1er ') : words; // French counts the first day only
}

export function month(text) {
  return new Intl.DateTimeFormat(language() === 'fr' ? 'fr' : 'en-GB', {month: 'long', year: 'numeric', timeZone: 'UTC'})
    .format(new Date(`${text}T00:00:00Z`));
}

export function shortMonth(text) {
  return new Intl.DateTimeFormat(language() === 'fr' ? 'fr' : 'en-GB', {month: 'short', year: 'numeric', timeZone: 'UTC'})
    .format(new Date(`${text}T00:00:00Z`));
}

// A time of so many months, in words.
export const time = months => months % 12 === 0 ? years(months / 12) : say('{0} months', months);
export const years = count => count === 1 ? say('one year') : count === 3 ? say('three years') : count === 6 ? say('six years') : say('{0} years', count);
