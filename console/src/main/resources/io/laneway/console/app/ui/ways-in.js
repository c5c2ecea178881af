/** How a request gets into a lane. */
import {html} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {quoted} from '../lib/curl.js';
import {useRead} from '../data/read.js';
import {Copy} from './parts.js';

/** @param {{lane: string}} props */
export function WaysIn({lane}) {
  const table = useRead('/v1/table');
  const carriers = table.data?.carriers ?? {};
  const first = (/** @type {string} */ kind) => carriers[kind]?.[0] ?? 'trace-branch';
  const host = table.data?.services?.find((/** @type {any} */ one) => one.hosts?.length)?.hosts[0]?.replace(/^\*\./, 'app.') ?? 'localhost:8080';
  const query = `?${encodeURIComponent(first('query'))}=${encodeURIComponent(lane)}`;
  /** @type {[import('../lib/i18n.js').Key, string][]} */
  const ways = [
    ['way.url', `http://${host}/${query}`],
    ['way.header', `${first('header')}: ${lane}`],
    ['way.cookie', `${first('cookie')}=${lane}`],
    ['way.curl', `curl -H ${quoted(`${first('header')}: ${lane}`)} http://${host}/`],
    ...(carriers.host ?? []).map((/** @type {string} */ pattern) => /** @type {[import('../lib/i18n.js').Key, string]} */ (['way.host', pattern.replace('{lane}', lane)])),
  ];
  return html`<dl class="ways">${ways.map(([key, text]) => html`<div><dt>${t(key)}</dt><dd><${Copy} text=${text} label=${t(key)} /></dd></div>`)}</dl>`;
}
