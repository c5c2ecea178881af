/** Small parts that every page has. */
import {html, signal, useEffect, useState} from '../lib/html.js';
import {t} from '../lib/i18n.js';
import {hue} from '../lib/colour.js';
import {exact, relative} from '../lib/format.js';
import {to} from '../lib/address.js';
import {base as baseLane} from '../data/base.js';
import {may, session} from '../data/session.js';
import {say as toast} from './toast.js';

/** The time, as relative times are seen from; moves every ten seconds. */
export const now = signal(Date.now());
setInterval(() => (now.value = Date.now()), 10_000);

/**
 * A lane's name in its colour.
 *
 * @param {{name: string, base?: boolean, link?: boolean, gone?: boolean}} props
 */
export function Lane({name, base = name === baseLane.value, link = true, gone}) {
  const style = base ? {} : {'--hue': String(hue(name))};
  const kind = `lane${base ? ' base' : ''}${gone ? ' gone' : ''}`;
  return link
    ? html`<a class=${kind} style=${style} href=${to(['lanes', name])}>${name}</a>`
    : html`<span class=${kind} style=${style}>${name}</span>`;
}

/**
 * A time as seen from now.
 *
 * @param {{at?: string | number | null, past?: boolean}} props what is `past` is never ahead, whatever the clocks say
 */
export function When({at, past}) {
  const from = Math.max(now.value, Date.now(), past && at ? new Date(at).getTime() : 0);
  return at ? html`<time title=${exact(at)} datetime=${typeof at === 'string' ? at : new Date(at).toISOString()}>${relative(at, from)}</time>` : html`<span class="faint">–</span>`;
}

/**
 * A line of numbers, without axes.
 *
 * @param {{values?: number[], label: string}} props
 */
export function Spark({values, label}) {
  const all = values ?? [];
  const most = Math.max(1, ...all);
  const points = all.map((value, at) => `${(at * 60) / Math.max(1, all.length - 1)},${15 - (value / most) * 14}`).join(' ');
  return html`<svg class="spark" viewBox="0 0 60 16" width="60" height="16" role="img" aria-label=${label} preserveAspectRatio="none">
    ${points && html`<polyline points=${points} />`}
  </svg>`;
}

/**
 * A button for something that not each role may do: it stays visible, and says why not.
 *
 * @param {{label: string, role?: 'viewer' | 'releaser' | 'admin', lane?: string, kind?: string, disabled?: string | false, onClick: () => void}} props
 *     `disabled` says why it cannot be done now
 */
export function Act({label, role = 'releaser', lane, kind = '', disabled = false, onClick}) {
  const why = may(role, lane) ? disabled || '' : t('may.not', {role, own: session.value?.role ?? ''});
  return html`<button type="button" class="act ${kind}" aria-disabled=${why ? 'true' : undefined} title=${why || undefined}
    onClick=${() => (why ? toast(why) : onClick())}>${label}${why && html`<span class="sr"> – ${why}</span>`}</button>`;
}

/**
 * Says that there is nothing, and the one command that changes it.
 *
 * @param {{text: string, command?: string, children?: any}} props
 */
export function Empty({text, command, children}) {
  return html`<div class="empty"><p>${text}</p>${command && html`<${Copy} text=${command} />`}${children}</div>`;
}

/**
 * Text that is there to be copied.
 *
 * @param {{text: string, label?: string}} props
 */
export function Copy({text, label}) {
  const copy = () => navigator.clipboard?.writeText(text).then(() => toast(t('copied')), () => toast(t('copy.failed')));
  return html`<div class="copy"><code tabindex="0">${text}</code><button type="button" onClick=${copy} aria-label=${`${t('copy')} ${label ?? text}`}>${t('copy')}</button></div>`;
}

/**
 * What went wrong, in the API's words.
 *
 * @param {{error: any, retry?: () => void}} props
 */
export function Failed({error, retry}) {
  const words = error.status === 0 ? t('error.unreachable') : error.status === 401 ? t('error.token') : error.message;
  return html`<div class="failed" role="alert">
    <p><strong>${error.status ? `${error.status} · ` : ''}${words}</strong></p>
    ${error.errors?.length > 0 && html`<ul>${error.errors.map((/** @type {any} */ one) => html`<li><code>${one.pointer}</code> ${one.detail}</li>`)}</ul>`}
    ${retry && html`<button type="button" onClick=${retry}>${t('retry')}</button>`}
  </div>`;
}

/**
 * A page's part that was read: what is known, that it is being read, or what went wrong.
 *
 * @param {{known: import('../data/read.js').Known & {refresh?: () => void}, children: (data: any) => any, lines?: number}} props
 */
export function Read({known, children, lines = 4}) {
  const {data, error} = known;
  return html`
    ${error && html`<${Failed} error=${error} retry=${known.refresh} />`}
    ${error && data !== null && html`<p class="faint">${t('stale')} <${When} at=${known.at} /></p>`}
    ${data !== null ? children(data) : !error && html`<${Waiting} lines=${lines} />`}`;
}

/** @param {{lines: number}} props */
export const Waiting = ({lines}) => html`<div class="waiting" role="status"><span class="sr">${t('loading')}</span>${Array.from({length: lines}, () => html`<i></i>`)}</div>`;

/**
 * A page's head.
 *
 * @param {{title: any, acts?: any, sub?: any}} props
 */
export const Head = ({title, acts, sub}) => html`<header class="head"><div><h1>${title}</h1>${sub && html`<p class="sub">${sub}</p>`}</div>${acts && html`<div class="acts">${acts}</div>`}</header>`;

/**
 * A field with its name.
 *
 * @param {{label: string, value: string, onInput: (value: string) => void, type?: string, placeholder?: string, hint?: string, wide?: boolean, list?: string, error?: string, kind?: string, onKeyDown?: (event: KeyboardEvent) => void}} props
 */
export function Field({label, value, onInput, type = 'text', placeholder, hint, wide, list, error, kind = '', onKeyDown}) {
  return html`<label class="field ${wide ? 'wide' : ''} ${kind}"><span>${label}</span>
    <input type=${type} value=${value} placeholder=${placeholder} list=${list} autocomplete="off" spellcheck="false" aria-invalid=${error ? 'true' : undefined}
      onInput=${(/** @type {any} */ event) => onInput(event.target.value)} onKeyDown=${onKeyDown} />
    ${hint && html`<small>${hint}</small>`}${error && html`<small class="bad">${error}</small>`}</label>`;
}

/** A field whose value counts once typing rests. @param {{label: string, placeholder: string, value: string, onInput: (value: string) => void}} props */
export function Later({label, placeholder, value, onInput}) {
  const [text, set] = useState(value);
  useEffect(() => set(value), [value]);
  useEffect(() => {
    const later = setTimeout(() => text !== value && onInput(text), 400);
    return () => clearTimeout(later);
  }, [text]);
  return html`<${Field} label=${label} placeholder=${placeholder} value=${text} onInput=${set} />`;
}

/**
 * A choice among a few.
 *
 * @param {{label: string, value: string, options: [string, string][], onChange: (value: string) => void}} props
 */
export const Choice = ({label, value, options, onChange}) => html`<label class="field"><span>${label}</span>
  <select value=${value} onChange=${(/** @type {any} */ event) => onChange(event.target.value)}>
    ${options.map(([key, text]) => html`<option value=${key} selected=${key === value}>${text}</option>`)}
  </select></label>`;
