/** Dark or light. */
import {signal} from '../lib/html.js';

const KEY = 'laneway.theme';

/** @returns {string} */
function first() {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === 'dark' || kept === 'light') {
      document.documentElement.dataset.theme = kept;
      return kept;
    }
  } catch {
    // Without storage the system's taste counts.
  }
  return globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export const theme = signal(first());

/** Puts on the other one. */
export function wear() {
  theme.value = theme.value === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme.value;
  try {
    localStorage.setItem(KEY, theme.value);
  } catch {
    // It holds until the page is closed.
  }
}
