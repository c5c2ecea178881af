/** How a request gets into a lane. */
import {html, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {quoted} from '../lib/curl.js';
import {useRead} from '../data/read.js';
import {link, unlink} from './lane-acts.js';
import {Act, Choice, Copy, Field, When} from './parts.js';

/** @param {{lane: string}} props */
export function WaysIn({lane}) {
  const table = useRead('/v1/table');
  const carriers = table.data?.carriers ?? {};
  const first = (/** @type {string} */ kind) => carriers[kind]?.[0] ?? 'trace-branch';
  const named = table.data?.services?.find((/** @type {any} */ one) => one.hosts?.length)?.hosts[0]?.replace(/^\*\./, 'app.') ?? '';
  const host = named || 'localhost:8080';
  const query = `?${encodeURIComponent(first('query'))}=${encodeURIComponent(lane)}`;
  /** @type {[import('../lib/i18n.js').Key, string][]} */
  const ways = [
    ['way.url', `http://${host}/${query}`],
    ['way.header', `${first('header')}: ${lane}`],
    ['way.cookie', `${first('cookie')}=${lane}`],
    ['way.curl', `curl -H ${quoted(`${first('header')}: ${lane}`)} http://${host}/`],
    ...(carriers.host ?? []).map((/** @type {string} */ pattern) => /** @type {[import('../lib/i18n.js').Key, string]} */ (['way.host', pattern.replace('{lane}', lane)])),
  ];
  return html`<dl class="ways">${ways.map(([key, text]) => html`<div><dt>${t(key)}</dt><dd><${Copy} text=${text} label=${t(key)} /></dd></div>`)}</dl>
    ${table.data && !named && html`<p class="faint">${t('way.nohost', {host})}</p>`}
    <${Signed} lane=${lane} page=${`http://${host}/`} />`;
}

/** How long links hold. */
const TIMES = ['10m', '2h', '8h', '1d', '7d', '30d'];

/**
 * Links for listeners where carriers have to be signed.
 *
 * @param {{lane: string, page: string}} props
 */
function Signed({lane, page}) {
  const [url, go] = useState('');
  const [ttl, last] = useState('2h');
  const [made, set] = useState(/** @type {any} */ (null));
  const gone = () => set(null);
  return html`<div class="signed"><${Field} wide label=${t('link.url')} value=${url} placeholder=${page} onInput=${go} />
      <${Choice} label=${t('link.ttl')} value=${ttl} options=${TIMES.map((time) => [time, time])} onChange=${last} />
      <div class="acts"><${Act} label=${t('link')} lane=${lane} onClick=${() => link(lane, {ttl, url: url.trim() || page}, set)} />
        <${Act} label=${t('link.revoke')} lane=${lane} kind="danger" onClick=${() => unlink(lane, gone)} /></div></div>
    ${made?.link && html`<dl class="ways" role="status"><div><dt>${t('way.link')} <${When} at=${made.expires} /></dt><dd><${Copy} text=${made.link} label=${t('way.link')} /></dd></div></dl>`}`;
}
