/** Who changed what, when and why; and back to how it was. */
import {html, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {address, say, to} from '../lib/address.js';
import {call} from '../lib/api.js';
import {useRead} from '../data/read.js';
import {Differences} from '../ui/columns.js';
import {propose} from '../ui/change.js';
import {Act, Empty, Failed, Head, Read, When} from '../ui/parts.js';

const PAGE = 50;

export function HistoryPage() {
  const chosen = address.value.names.revision;
  const newest = useRead(`/v1/revisions?limit=${PAGE}`);
  const [older, put] = useState(/** @type {any[]} */ ([]));
  const [ended, end] = useState(false);
  const [error, fail] = useState(/** @type {any} */ (null));
  const first = newest.data?.revisions ?? [];
  const all = [...first, ...older.filter((one) => !first.some((/** @type {any} */ other) => other.revision === one.revision))];
  const more = () => call(`/v1/revisions?limit=${PAGE}&before=${all.at(-1)?.revision ?? ''}`).then(
    ({body}) => { put([...older, ...body.revisions]); end(body.revisions.length < PAGE); fail(null); }, fail);
  const last = ended || first.length < PAGE;
  return html`<${Head} title=${chosen ? t('revision', {n: chosen}) : t('nav.history')} sub=${chosen ? html`<a href=${to(['history'])}>${t('history.all')}</a>` : t('history.sub')} />
    ${chosen && html`<${Revision} key=${chosen} n=${chosen} />`}
    ${!chosen && html`<${Read} known=${newest}>${() => (all.length ? html`<${List} all=${all} />` : html`<${Empty} text=${t('history.empty')} command="laneway table apply -f lanes.yaml" />`)}<//>
      ${error && html`<${Failed} error=${error} />`}
      ${!last && all.length > 0 && html`<p><button type="button" onClick=${more}>${t('history.more')}</button></p>`}`}`;
}

/** @param {{all: any[]}} props */
const List = ({all}) => html`<div class="scroll" tabindex="0" role="region" aria-label=${t('nav.history')}><table class="list">
  <thead><tr><th class="right">${t('history.n')}</th><th>${t('history.when')}</th><th>${t('history.who')}</th><th>${t('history.what')}</th><th>${t('history.why')}</th></tr></thead>
  <tbody>${all.map((one) => html`<tr key=${one.revision}><td class="right num"><a href=${to(['history', String(one.revision)])}>${one.revision}</a></td><td><${When} past at=${one.at} /></td>
    <td title=${one.from}>${one.who}</td><td>${one.action} <code>${one.subject}</code></td><td class="wrap"><span class="brief" title=${one.why}>${one.why}</span></td></tr>`)}</tbody></table></div>`;

/** @param {{n: string}} props */
function Revision({n}) {
  const since = address.value.query.to ?? '';
  const known = useRead(`/v1/revisions/${n}`, []);
  const newest = useRead('/v1/revisions?limit=1');
  const compared = useRead(since ? `/v1/revisions/${n}/diff/${since}` : '', []);
  const current = newest.data?.revision;
  const restore = async () => {
    const table = await call('/v1/table');
    propose({title: t('history.restore.title', {n}), method: 'POST', path: `/v1/revisions/${n}/restore`, object: '/v1/table', etag: table.etag, seen: table.body, danger: true});
  };
  return html`<${Read} known=${known}>${(/** @type {any} */ one) => html`
    <dl class="facts"><div><dt>${t('history.when')}</dt><dd><${When} past at=${one.at} /></dd></div><div><dt>${t('history.who')}</dt><dd>${one.who} <small class="faint">${one.from}</small></dd></div>
      <div><dt>${t('history.what')}</dt><dd>${one.action} <code>${one.subject}</code></dd></div><div><dt>${t('history.why')}</dt><dd>${one.why || '–'}</dd></div></dl>
    <div class="acts left"><${Act} label=${t('history.restore')} disabled=${current === one.revision && t('history.current')} onClick=${restore} />
      ${current !== undefined && current !== one.revision && html`<button type="button" aria-pressed=${since ? 'true' : 'false'} onClick=${() => say({to: since ? '' : String(current)})}>${since ? t('history.own') : t('history.compare', {n: current})}</button>`}</div>
    ${since ? html`<${Read} known=${compared}>${(/** @type {any} */ diff) => html`<${Differences} diff=${diff.diff} summary=${diff.summary} />`}<//>`
      : html`<${Differences} diff=${one.diff ?? []} summary=${one.summary} />`}`}<//>`;
}
