/** Shares of tenants, exact in slots of 0.01 %. */

/** All tenants. */
export const ALL = 10_000;

/**
 * @param {string | undefined} text such as 12.5%
 * @returns {number} slots, NaN if it is no share
 */
export function slots(text) {
  const match = /^\s*(\d{1,3})(?:\.(\d{1,2}))?\s*%?\s*$/.exec(text ?? '');
  if (!match) {
    return NaN;
  }
  const value = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0') || 0);
  return value <= ALL ? value : NaN;
}

/** @param {number} value in slots */
export const share = (value) => `${value / 100}%`;

/**
 * @param {number[]} values slots of each environment
 * @returns {number} what is left for the base lane, negative if they are too many
 */
export const rest = (values) => ALL - values.reduce((sum, one) => sum + one, 0);

/**
 * Moves the border behind environment {@code at}: that environment takes from its neighbour, the last one from base.
 *
 * @param {number[]} values
 * @param {number} at
 * @param {number} border where the border shall be, in slots from the left
 * @returns {number[]}
 */
export function drag(values, at, border) {
  const start = values.slice(0, at).reduce((sum, one) => sum + one, 0);
  const own = values[at];
  const room = at + 1 < values.length ? values[at + 1] : rest(values);
  const wish = Math.max(0, Math.min(own + room, Math.round(border) - start));
  const next = [...values];
  next[at] = wish;
  if (at + 1 < values.length) {
    next[at + 1] = room - (wish - own);
  }
  return next;
}
