/** Why a request goes, or went, where it does. */
import {html, useEffect, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {address, go, say, to} from '../lib/address.js';
import {call, seg} from '../lib/api.js';
import {asked} from '../lib/curl.js';
import {on} from '../data/live.js';
import {useRead} from '../data/read.js';
import {Act, Empty, Failed, Field, Head, Lane, Read, Waiting} from '../ui/parts.js';
import {Reason, Why} from '../ui/reason.js';
import {Hops} from '../ui/hops.js';

/** @typedef {{service: string, lane: string, tenant: string, host: string, path: string, headers: string, internal: string}} Query */

const KEYS = /** @type {(keyof Query)[]} */ (['service', 'lane', 'tenant', 'host', 'path', 'headers', 'internal']);

export function ExplainPage() {
  const query = /** @type {Query} */ (Object.fromEntries(KEYS.map((key) => [key, address.value.query[key] ?? ''])));
  const [text, set] = useState('');
  const [wrong, mark] = useState('');
  const take = () => {
    const found = asked(text);
    mark(found ? '' : t('explain.unread'));
    if (found?.request) {
      go(to(['requests', found.request]));
    } else if (found) {
      go(to(['explain'], {host: found.host, path: found.path, headers: lines(found.headers ?? {})}));
    }
  };
  return html`<${Head} title=${t('nav.explain')} sub=${t('explain.sub')} />
    <form class="paste" onSubmit=${(/** @type {Event} */ event) => { event.preventDefault(); take(); }}>
      <${Field} wide label=${t('explain.paste')} placeholder="curl -H 'trace-branch: f-1' http://order.example.com/" value=${text} error=${wrong} onInput=${set} />
      <button type="submit" class="primary">${t('explain.go')}</button></form>
    <${Form} query=${query} />
    <${Told} query=${query} />`;
}

/** @param {Record<string, string>} headers */
const lines = (headers) => Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join('\n');

/** @param {string} text @returns {Record<string, string>} */
const headersOf = (text) => Object.fromEntries(text.split('\n').map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]).filter(([name]) => name));

/** @param {{query: Query}} props */
function Form({query}) {
  const field = (/** @type {keyof Query} */ key, /** @type {string} */ label, /** @type {string} */ placeholder) => html`<${Field} label=${label} placeholder=${placeholder} value=${query[key]} onInput=${(/** @type {string} */ value) => say({[key]: value})} />`;
  return html`<div class="tools">${field('service', t('service'), 'order')}${field('lane', t('lane'), 'f-1')}${field('tenant', t('tenant'), 'acme')}${field('host', t('explain.host'), 'order.example.com')}${field('path', t('explain.path'), '/')}
    <label class="check"><input type="checkbox" checked=${query.internal === 'true'} onChange=${(/** @type {any} */ event) => say({internal: event.target.checked ? 'true' : ''})} /> ${t('explain.internal')}</label></div>
    ${query.headers && html`<pre class="headers" tabindex="0">${query.headers}</pre>`}`;
}

/** @param {{query: Query}} props */
function Told({query}) {
  const [reply, put] = useState(/** @type {any} */ (null));
  const [error, fail] = useState(/** @type {any} */ (null));
  const key = JSON.stringify(query);
  const any = query.service || query.host || query.path;
  useEffect(() => {
    if (!any) {
      put(null);
      return undefined;
    }
    const ended = new AbortController();
    const {headers, internal, ...texts} = query;
    const body = {...Object.fromEntries(Object.entries(texts).filter(([, value]) => value)), ...(headers ? {headers: headersOf(headers)} : {}), ...(internal ? {internal: true} : {})};
    const look = () => call('/v1/explain', {method: 'POST', body, signal: ended.signal}).then((got) => { put(got.body); fail(null); }, (problem) => ended.signal.aborted || fail(problem));
    const later = setTimeout(look, 150);
    const end = on('revision', look);
    return () => {
      clearTimeout(later);
      ended.abort();
      end();
    };
  }, [key]);
  if (!any) {
    return html`<${Empty} text=${t('explain.empty')} command="laneway explain order --lane f-1 --tenant acme" />`;
  }
  return error ? html`<${Failed} error=${error} />` : reply ? html`<${Decision} reply=${reply} />` : html`<${Waiting} lines=${5} />`;
}

/** @param {{reply: any}} props */
export const Decision = ({reply}) => html`<section class="decision"><p class="told">${reply.requested ? html`<${Lane} name=${reply.requested} /> ` : html`<span class="faint">${t('explain.nolane')}</span> `}<b aria-hidden="true">→</b>
    ${reply.served ? html` <${Lane} name=${reply.served} />` : html` <b class="bad">${reply.status ?? '–'}</b>`} <${Reason} reason=${reply.reason} />
    ${reply.service && html` <span>${reply.service}</span>`} ${(reply.endpoints ?? []).map((/** @type {string} */ one) => html`<code>${one}</code> `)}</p>
  <${Why} reason=${reply.reason} />
  <ol class="why-steps">${(reply.steps ?? []).map((/** @type {any} */ step) => html`<li><b>${step.kind}</b> ${step.text}</li>`)}</ol></section>`;

export function RequestPage() {
  const id = address.value.names.request;
  const known = useRead(`/v1/requests/${seg(id)}`, []);
  const none = known.error?.status === 404;
  return html`<${Head} title=${t('request.title')} sub=${html`<code>${id}</code>`} acts=${html`<${Act} label=${t('request.again')} role="viewer" onClick=${known.refresh} /><a class="act" href=${to(['explain'])}>${t('request.other')}</a>`} />
    ${none ? html`<${Empty} text=${t('request.none')} command=${`laneway explain --request ${id}`} /><${Missing} story=${known.error.body} />`
      : html`<${Read} known=${known}>${(/** @type {any} */ story) => html`<${Hops} story=${story} /><${Missing} story=${story} />`}<//>`}`;
}

/** Which gateways said nothing. @param {{story: any}} props */
const Missing = ({story}) => html`${(story?.asked ?? []).length > 0 && html`<p class="faint">${t('request.asked', {names: story.asked.join(', ')})}</p>`}
  ${(story?.missing ?? []).length > 0 && html`<ul class="findings">${story.missing.map((/** @type {any} */ one) => html`<li><code>${one.gateway}</code> ${one.why}</li>`)}</ul>`}`;
