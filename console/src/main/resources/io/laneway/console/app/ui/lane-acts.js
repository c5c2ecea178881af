/** What is done with a lane: made, renewed, kept, linked to, dropped. */
import {html, signal, useEffect, useRef, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {call, seg} from '../lib/api.js';
import {go, to} from '../lib/address.js';
import {propose} from './change.js';
import {Choice, Field} from './parts.js';

const shown = signal(false);

/** Asks for a new lane. */
export const newLane = () => void (shown.value = true);

export const NewLane = () => (shown.value ? html`<${Form} />` : null);

function Form() {
  const box = useRef(/** @type {any} */ (null));
  const [name, set] = useState('');
  const [parent, from] = useState('');
  const [mode, how] = useState('permissive');
  const [ttl, last] = useState('7d');
  const [description, say] = useState('');
  useEffect(() => box.current.showModal(), []);
  const made = () => {
    box.current.close();
    const body = {mode, ...(description ? {description} : {}), ...(parent ? {parent} : {}), ...(ttl ? {ttl} : {})};
    propose({title: t('lane.make', {lane: name}), method: 'PUT', path: `/v1/lanes/${seg(name)}`, body, create: true, done: () => go(to(['lanes', name]))});
  };
  return html`<dialog ref=${box} aria-labelledby="new-lane" onClose=${() => (shown.value = false)}>
    <form method="dialog" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); made(); }}>
      <h2 id="new-lane">${t('lane.new')}</h2>
      <${Field} wide label=${t('name')} value=${name} placeholder="f-1" onInput=${set} />
      <${Field} wide label=${t('lane.parent')} value=${parent} placeholder=${t('lane.parent.base')} onInput=${from} />
      <div class="pair"><${Field} label=${t('lane.ttl')} value=${ttl} hint=${t('lane.ttl.hint')} onInput=${last} />
        <${Choice} label=${t('lane.mode')} value=${mode} options=${[['permissive', t('mode.permissive')], ['strict', t('mode.strict')]]} onChange=${how} /></div>
      <${Field} wide label=${t('description')} value=${description} onInput=${say} />
      <footer><button type="button" onClick=${() => box.current.close()}>${t('cancel')}</button>
        <button type="submit" class="primary" disabled=${!name.trim()}>${t('next')}</button></footer>
    </form></dialog>`;
}

/**
 * Reads a lane as it is now, then asks.
 *
 * @param {string} lane
 * @param {(object: any, etag: string) => Parameters<typeof propose>[0]} make
 * @param {{data: any, etag: string}} [seen] as the reader saw it
 */
async function ask(lane, make, seen) {
  const path = `/v1/lanes/${seg(lane)}`;
  const now = seen?.data ? {body: seen.data, etag: seen.etag} : await call(path);
  propose({object: path, seen: now.body, etag: now.etag, ...make(now.body, now.etag)});
}

/** @typedef {{data: any, etag: string}} Seen */

/** @param {string} lane @param {Seen} [seen] */
export const renew = (lane, seen) => void ask(lane, () => ({title: t('lane.renew', {lane}), method: 'POST', path: `/v1/lanes/${seg(lane)}/renew`}), seen);

/** @param {string} lane @param {Seen} [seen] */
export const drop = (lane, seen) => void ask(lane, () => ({title: t('lane.drop', {lane}), method: 'DELETE', path: `/v1/lanes/${seg(lane)}`, danger: true, done: () => go(to([]))}), seen);

/** @param {string} lane @param {boolean} keep @param {Seen} [seen] */
export const keep = (lane, keep, seen) => void ask(lane, (object) => ({
  title: keep ? t('lane.keep', {lane}) : t('lane.unkeep', {lane}), method: 'PUT', path: `/v1/lanes/${seg(lane)}`, body: {...wish(object), keep},
}), seen);

/** @param {string} lane @param {{ttl: string, url: string}} body @param {(made: any) => void} done */
export const link = (lane, body, done) => propose({title: t('link.make', {lane}), method: 'POST', path: `/v1/lanes/${seg(lane)}/links`, body, note: t('link.note'), done});

/** @param {string} lane @param {() => void} done */
export const unlink = (lane, done) => propose({title: t('link.revoke.all', {lane}), method: 'DELETE', path: `/v1/lanes/${seg(lane)}/links`, danger: true, done});

/**
 * A lane as it may be put back: without what the control API says of it.
 *
 * @param {any} object
 */
function wish(object) {
  const {lastUsed, idleUntil, state, discovered, ttl, ...rest} = object;
  return ttl && !rest.expiresAt ? {...rest, ttl} : rest;
}
