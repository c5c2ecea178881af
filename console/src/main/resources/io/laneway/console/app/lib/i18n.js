/** The texts of this program, in the language of its reader. */
import {signal} from './html.js';
import {en} from '../i18n/en.js';
import {zh} from '../i18n/zh.js';

/** @typedef {keyof typeof en} Key */

/** @type {Record<string, Record<string, string>>} */
const LANGUAGES = {en, zh};
const KEY = 'laneway.language';

/** @returns {string} */
function first() {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept && LANGUAGES[kept]) {
      return kept;
    }
  } catch {
    // Without storage the browser's own language counts.
  }
  return globalThis.navigator?.language?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export const language = signal(first());

/** @param {string} code */
export function speak(code) {
  language.value = code;
  document.documentElement.lang = code === 'zh' ? 'zh-CN' : code;
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // It holds until the page is closed.
  }
}

/**
 * A text, with what stands in its braces: `{n}` is a value, `{n:lane|lanes}` the first word where it is 1 and the second else.
 *
 * @param {Key} key
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(key, values) {
  const text = LANGUAGES[language.value]?.[key] ?? en[key] ?? key;
  return values ? text.replaceAll(/\{(\w+)(?::([^|{}]*)\|([^|{}]*))?\}/g, (all, name, one, more) => (one === undefined ? String(values[name] ?? all) : String(values[name]) === '1' ? one : more)) : text;
}

/**
 * A text that may not be there, such as that of a rule of a newer server.
 *
 * @param {string} key
 * @returns {string} empty for none
 */
export const known = (key) => (Object.hasOwn(en, key) ? t(/** @type {Key} */ (key)) : '');
