/** Every shift. */
import {html} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {to} from '../lib/address.js';
import {slots} from '../lib/shares.js';
import {useRead} from '../data/read.js';
import {ShareBar} from '../ui/share-bar.js';
import {Empty, Head, Read} from '../ui/parts.js';

export function ShiftsPage() {
  const known = useRead('/v1/overview?limit=1', ['revision', 'plan']);
  return html`<${Head} title=${t('nav.shifts')} sub=${t('shifts.sub')} />
    <${Read} known=${known}>${(/** @type {import('../data/types.js').OverviewPage} */ data) => (data.shifts?.length
      ? html`<ul class="shifts">${data.shifts.map((one) => html`<li key=${one.name}>
          <div><a href=${to(['shifts', one.name])}><strong>${one.name}</strong></a>
            ${one.enabled === false && html`<span class="warn">${t('shift.off')}</span>`}
            ${one.plan && html`<a href=${to(['shifts', one.name, 'plan'])}>${t('shift.plan', {status: one.plan.status, step: one.plan.step + 1, of: one.plan.of})}</a>`}</div>
          <${ShareBar} readonly parts=${(one.environments ?? []).map((env) => ({lane: env.lane, slots: slots(env.share) || 0}))} base=${data.base} onChange=${() => {}} />
          <p class="num">${(one.environments ?? []).map((env) => `${env.lane} ${env.share}`).join(' · ')}</p></li>`)}</ul>`
      : html`<${Empty} text=${t('shifts.empty')} command="laneway shift set default G0=5% --create" />`)}<//>`;
}
