/** A lane's chain as a drawing: what was asked for, beside who served it. */
import {html} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {hue} from '../lib/colour.js';
import {rate} from '../lib/format.js';
import {to} from '../lib/address.js';

/** @typedef {import('../data/types.js').LaneRow} LaneRow */

/**
 * @param {{row: LaneRow, page: import('../data/types.js').OverviewPage}} props
 */
export function Chain({row, page}) {
  const seconds = page.window ?? 60;
  const find = (/** @type {string} */ name) => (name === row.name ? row : (page.ancestors ?? []).find((one) => one.name === name));
  const chain = [row.name, ...(row.base ? [] : row.fallsBackTo ?? [page.base])];
  const fell = row.fallbacks ?? 0;
  return html`<ol class="chain">
    <li class="asked"><span class="edge"><b>${rate((row.requests ?? 0) / seconds)}/s</b> <small>${t('chain.asked')}</small></span></li>
    ${chain.map((name, at) => html`<li key=${name}>
      <a class="node ${name === page.base ? 'base' : ''}" style=${name === page.base ? {} : {'--hue': String(hue(name))}} href=${to(['lanes', name])}>${name}
        <small>${name === page.base ? t('chain.base') : t('chain.services', {n: find(name)?.services?.length ?? 0})}</small></a>
      ${at === 0 && html`<span class="edge served"><b>${rate(((row.requests ?? 0) - fell) / seconds)}/s</b> <small>${t('chain.served')}</small></span>`}
      ${at < chain.length - 1 && html`<span class="edge fall" aria-hidden="true">${at === 0 ? html`<b>${rate(fell / seconds)}/s</b>` : ''}</span>`}
      ${at === 0 && at < chain.length - 1 && html`<span class="sr">${t('chain.fell', {rate: rate(fell / seconds)})}</span>`}
    </li>`)}
    ${row.mode === 'strict' && html`<li><span class="edge stop">503 <small>${t('chain.strict')}</small></span></li>`}
  </ol>`;
}
