/** One shift: which tenants go where, and who would move. */
import {html, useEffect, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {address, to} from '../lib/address.js';
import {seg} from '../lib/api.js';
import {rest, share, slots} from '../lib/shares.js';
import {useRead} from '../data/read.js';
import {propose} from '../ui/change.js';
import {Act, Choice, Empty, Field, Head, Lane, Read} from '../ui/parts.js';
import {Preview} from '../ui/preview.js';
import {ShareBar} from '../ui/share-bar.js';

/** @typedef {import('../data/types.js').Shift} Shift */
/** @typedef {{lane: string, share: string, requests: string, include: string, exclude: string}} Draft one environment as it is edited */

export function ShiftPage() {
  const name = address.value.names.shift;
  const path = `/v1/shifts/${seg(name)}`;
  const known = useRead(path);
  const lanes = useRead('/v1/overview?limit=1');
  if (known.error?.status === 404) {
    return html`<${Head} title=${name} /><${Empty} text=${t('shift.missing', {shift: name})} command=${`laneway shift set ${name} G0=5% --create`} />`;
  }
  const base = lanes.data?.base ?? 'master';
  return html`<${Head} title=${t('shift.title', {shift: name})} sub=${html`<${Sub} shift=${known.data} />`} acts=${known.data && html`<${Acts} name=${name} path=${path} known=${known} />`} />
    <${Read} known=${known}>${(/** @type {Shift} */ shift) => html`<${Edit} key=${name} shift=${shift} etag=${known.etag} path=${path} base=${base} />`}<//>`;
}

/** @param {{shift: Shift | null}} props */
const Sub = ({shift}) => shift && html`<span>${shift.enabled === false ? html`<b class="warn">${t('shift.off')}</b>` : t('shift.on')}</span>
  <span>${t('shift.tenant')} ${(shift.tenant ?? []).map((one) => Object.entries(one).map(([kind, value]) => html`<code>${kind}: ${value}</code> `))}</span>`;

/** @param {{name: string, path: string, known: any}} props */
function Acts({name, path, known}) {
  const seen = {object: path, etag: known.etag, seen: known.data};
  const off = known.data.enabled === false;
  return html`<a class="act" href=${to(['shifts', name, 'plan'])}>${t('shift.to.plan')}</a>
    <${Act} label=${t('revert')} onClick=${() => propose({...seen, title: t('shift.revert', {shift: name}), method: 'POST', path: `${path}/revert`})} />
    <${Act} label=${off ? t('shift.enable') : t('shift.kill')} kind=${off ? '' : 'danger'} onClick=${() => propose({...seen, danger: !off,
      title: off ? t('shift.enable.title', {shift: name}) : t('shift.kill.title', {shift: name}), method: 'PUT', path, body: {environments: known.data.environments?.map(given) ?? [], enabled: off}})} />`;
}

/** @param {import('../data/types.js').Environment} one */
const given = ({lane, share: part, requests, tenants}) => ({lane, share: part, ...(requests ? {requests} : {}), ...(tenants ? {tenants} : {})});

/** @param {Shift} shift @returns {Draft[]} */
const drafts = (shift) => (shift.environments ?? []).map((one) => ({
  lane: one.lane, share: one.share.replace(/\s*%$/, ''), requests: (one.requests ?? '0%').replace(/\s*%$/, ''),
  include: (one.tenants?.include ?? []).join(', '), exclude: (one.tenants?.exclude ?? []).join(', '),
}));

/** @param {string} text */
const names = (text) => text.split(/[\s,]+/).filter((one) => one);

/** @param {Draft[]} all */
const environments = (all) => all.map((one) => ({
  lane: one.lane, share: share(slots(one.share)), requests: share(slots(one.requests)), tenants: {include: names(one.include), exclude: names(one.exclude)},
}));

/**
 * @param {{shift: Shift, etag: string, path: string, base: string}} props
 */
function Edit({shift, etag, path, base}) {
  const [begun, from] = useState({shift, etag});
  const [all, set] = useState(drafts(shift));
  const changed = JSON.stringify(all) !== JSON.stringify(drafts(begun.shift));
  const elsewhere = etag !== begun.etag && JSON.stringify(drafts(shift)) !== JSON.stringify(drafts(begun.shift));
  const reset = () => {
    from({shift, etag});
    set(drafts(shift));
  };
  useEffect(() => {
    // What is not being edited follows what colleagues do; what is being edited waits for its editor.
    if (etag !== begun.etag && !changed) {
      reset();
    }
  }, [etag, changed]);
  const values = all.map((one) => slots(one.share));
  const sums = {tenants: rest(values), requests: rest(all.map((one) => slots(one.requests)))};
  const wrong = Number.isNaN(sums.tenants + sums.requests) ? t('shift.share.wrong') : sums.tenants < 0 || sums.requests < 0 ? t('shift.share.much') : '';
  const put = (/** @type {number} */ at, /** @type {Partial<Draft>} */ patch) => set(all.map((one, n) => (n === at ? {...one, ...patch} : one)));
  const apply = () => propose({title: t('shift.apply', {shift: shift.name}), method: 'PUT', path, object: path, etag: begun.etag, seen: begun.shift,
    body: {environments: environments(all)}, done: () => from({shift: {...shift, environments: environments(all)}, etag: ''})});
  return html`${elsewhere && changed && html`<p class="news" role="status">${t('shift.elsewhere')} <button type="button" class="link" onClick=${reset}>${t('shift.take')}</button></p>`}
    <${ShareBar} parts=${all.map((one, at) => ({lane: one.lane, slots: values[at] || 0}))} base=${base} onChange=${(/** @type {number[]} */ next) => set(all.map((one, at) => ({...one, share: String(next[at] / 100)})))} />
    <${Table} all=${all} put=${put} base=${base} left=${sums.tenants} drop=${(/** @type {number} */ at) => set(all.filter((_, n) => n !== at))} />
    <${Add} all=${all} base=${base} add=${(/** @type {string} */ lane) => set([...all, {lane, share: '0', requests: '0', include: '', exclude: ''}])} />
    <div class="apply"><${Act} label=${t('apply')} kind="primary" disabled=${wrong || (!changed && t('shift.same'))} onClick=${apply} />
      <button type="button" onClick=${reset} disabled=${!changed}>${t('undo')}</button>${wrong && html`<span class="bad" role="alert">${wrong}</span>`}</div>
    <${Preview} path=${path} environments=${wrong ? null : environments(all)} changed=${changed} />
    <${Switch} shift=${shift} etag=${etag} path=${path} base=${base} />`;
}

/** @param {{all: Draft[], put: (at: number, patch: Partial<Draft>) => void, drop: (at: number) => void, base: string, left: number}} props */
function Table({all, put, drop, base, left}) {
  const cell = (/** @type {number} */ at, /** @type {keyof Draft} */ key, /** @type {string} */ label, wide = false) => html`<input class=${wide ? 'names' : 'percent'} inputmode=${wide ? undefined : 'decimal'} aria-label=${`${label} ${all[at].lane}`} value=${all[at][key]} autocomplete="off" spellcheck="false"
    aria-invalid=${!wide && Number.isNaN(slots(all[at][key])) ? 'true' : undefined} onInput=${(/** @type {any} */ event) => put(at, {[key]: event.target.value})} />`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('shift.shares')}><table class="list shares">
    <thead><tr><th>${t('lane')}</th><th>${t('shift.share')}</th><th>${t('shift.requests')}</th><th>${t('shift.include')}</th><th>${t('shift.exclude')}</th><th><span class="sr">${t('remove')}</span></th></tr></thead>
    <tbody>${all.map((one, at) => html`<tr key=${one.lane}><th scope="row"><${Lane} name=${one.lane} /></th>
      <td>${cell(at, 'share', t('shift.share'))} %</td><td>${cell(at, 'requests', t('shift.requests'))} %</td>
      <td>${cell(at, 'include', t('shift.include'), true)}</td><td>${cell(at, 'exclude', t('shift.exclude'), true)}</td>
      <td><button type="button" class="link" aria-label=${t('shift.remove', {lane: one.lane})} onClick=${() => drop(at)}>×</button></td></tr>`)}
      <tr><th scope="row"><${Lane} name=${base} base /></th><td class="num">${Number.isNaN(left) ? '–' : share(Math.max(0, left))}</td><td colspan="4" class="faint">${t('shift.rest')}</td></tr>
    </tbody></table></div>`;
}

/** @param {{all: Draft[], base: string, add: (lane: string) => void}} props */
function Add({all, base, add}) {
  const [lane, set] = useState('');
  const taken = lane === base || all.some((one) => one.lane === lane);
  return html`<form class="add" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); add(lane.trim()); set(''); }}>
    <${Field} label=${t('shift.add')} value=${lane} placeholder="G1" onInput=${set} /><button type="submit" disabled=${!lane.trim() || taken}>${t('add')}</button></form>`;
}

/** All at once. @param {{shift: Shift, etag: string, path: string, base: string}} props */
function Switch({shift, etag, path, base}) {
  const options = [base, ...(shift.environments ?? []).map((one) => one.lane)];
  const [target, set] = useState(options[0]);
  return html`<section><h2>${t('shift.switch')}</h2><p class="faint">${t('shift.switch.text')}</p><div class="add">
    <${Choice} label=${t('shift.switch.to')} value=${target} options=${options.map((one) => [one, one])} onChange=${set} />
    <${Act} label=${t('shift.switch')} kind="danger" onClick=${() => propose({title: t('shift.switch.title', {shift: shift.name, lane: target}), method: 'POST', path: `${path}/switch`, body: {to: target}, object: path, etag, seen: shift, danger: true})} /></div></section>`;
}
