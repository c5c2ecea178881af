/** The steps of a plan, as one writes them in a line. */
import {slots} from './shares.js';

/**
 * Reads steps such as `demo, 5% 30m, 20% 2h, 100%`; a word without % is a group of tenants.
 *
 * @param {string} text
 * @returns {(string | {share?: string, group?: string, pause?: string})[] | null} null if it cannot be read
 */
export function steps(text) {
  const all = text.split(',').map((one) => one.trim().split(/\s+/).filter((part) => part));
  const read = all.map(([what, pause, ...more]) => {
    if (!what || more.length || (pause && !/^\d+(?:ms|s|m|h|d)$/.test(pause))) {
      return null;
    }
    const first = what.endsWith('%') ? (Number.isNaN(slots(what)) ? null : {share: what}) : /^[\w-]+$/.test(what) && !/^\d/.test(what) ? {group: what} : null;
    return first && {...first, ...(pause ? {pause} : {})};
  });
  return read.every((one) => one !== null) ? /** @type {any} */ (read) : null;
}
