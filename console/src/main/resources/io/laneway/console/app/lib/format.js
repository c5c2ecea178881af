/** How numbers and times are written. */
import {language} from './i18n.js';

const locale = () => (language.value === 'zh' ? 'zh-CN' : 'en-GB');

/** @param {number} value */
export const count = (value) => new Intl.NumberFormat(locale()).format(value);

/**
 * A rate in at most four characters or so: 0.4, 12, 1.2k.
 *
 * @param {number} value
 */
export function rate(value) {
  if (!(value > 0)) {
    return '0';
  }
  if (value < 10) {
    return String(Math.max(0.1, Math.round(value * 10) / 10));
  }
  return value < 1000 ? String(Math.round(value)) : `${Math.round(value / 100) / 10}k`;
}

/** @param {number} share 0 to 1 */
export const percent = (share) => `${Math.round(share * 10000) / 100} %`;

/** @param {number} ms */
export const millis = (ms) => (ms < 10 ? `${Math.round(ms * 10) / 10} ms` : ms < 10_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 1000)} s`);

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]];

/**
 * A time as seen from now: 3 minutes ago, in 2 days.
 *
 * @param {string | number | undefined | null} at
 * @param {number} now in ms
 */
export function relative(at, now) {
  const time = typeof at === 'number' ? at : Date.parse(at ?? '');
  if (Number.isNaN(time)) {
    return '–';
  }
  const seconds = (time - now) / 1000;
  const [unit, size] = UNITS.find(([, one]) => Math.abs(seconds) >= one) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale(), {numeric: 'auto', style: 'short'}).format(Math.trunc(seconds / size), unit);
}

/** @param {string | number | undefined | null} at */
export function exact(at) {
  const time = typeof at === 'number' ? at : Date.parse(at ?? '');
  return Number.isNaN(time) ? '' : new Date(time).toISOString().replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}

/**
 * A duration as documents write it, in ms: 30m, 2h.
 *
 * @param {string | undefined} text
 * @returns {number} NaN if it is none
 */
export function duration(text) {
  const match = /^\s*(\d+)\s*(ms|s|m|h|d)\s*$/.exec(text ?? '');
  return match ? Number(match[1]) * {ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000}[/** @type {'s'} */ (match[2])] : NaN;
}

/**
 * What is left of a time: 1:02:03, 4:05.
 *
 * @param {number} ms
 */
export function clock(ms) {
  const all = Math.max(0, Math.round(ms / 1000));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const hours = Math.floor(all / 3600);
  return `${hours ? `${hours}:${two(Math.floor(all / 60) % 60)}` : Math.floor(all / 60) % 60}:${two(all % 60)}`;
}
