/** A small chart of a few lines over time. */
import {html, useEffect, useRef} from '../lib/html.js';
import {t} from '../lib/i18n.js';

/**
 * @typedef {object} Line
 * @property {string} label
 * @property {string} colour the name of a CSS variable
 * @property {(number | null)[]} values
 * @property {boolean} [dashed]
 */

/**
 * A colour as a canvas takes it: a variable's own text may say two, one a theme.
 *
 * @param {HTMLElement} el
 * @param {string} name
 */
function colour(el, name) {
  const before = el.style.color;
  el.style.color = `var(${name})`;
  const found = getComputedStyle(el).color;
  el.style.color = before;
  return found;
}

/** So many seconds are shown at least. */
const SPAN = 60;

/**
 * @param {{times: number[], lines: Line[], unit: (value: number) => string, label: string, theme: string}} props times in s
 */
export function Chart({times, lines, unit, label, theme}) {
  const box = useRef(/** @type {any} */ (null));
  const chart = useRef(/** @type {any} */ (null));
  const data = () => [times, ...lines.map((line) => line.values)];
  useEffect(() => {
    let ended = false;
    if (times.length < 2) {
      return undefined;
    }
    void import('../../vendor/uplot.js').then(({default: Plot}) => {
      if (ended || !box.current) {
        return;
      }
      const el = box.current;
      const axis = {stroke: colour(el, '--faint'), grid: {stroke: colour(el, '--line'), width: 1}, ticks: {show: false}, font: '11px system-ui'};
      chart.current = new Plot({
        width: el.clientWidth, height: 120, legend: {show: false}, cursor: {show: false},
        scales: {x: {range: (/** @type {any} */ _, /** @type {number} */ low, /** @type {number} */ high) => [Math.min(low, high - SPAN), high]}, y: {range: (/** @type {any} */ _, /** @type {number} */ _low, /** @type {number} */ high) => [0, Math.max(high, 1e-9) * 1.15]}},
        axes: [{...axis, size: 22, values: (/** @type {any} */ _, /** @type {number[]} */ all) => all.map((at) => new Date(at * 1000).toTimeString().slice(0, 8))}, {...axis, size: 56, values: (/** @type {any} */ _, /** @type {number[]} */ all) => all.map(unit)}],
        series: [{}, ...lines.map((line) => ({label: line.label, stroke: colour(el, line.colour), width: 1.5, dash: line.dashed ? [4, 4] : undefined, points: {show: false}}))],
      }, data(), el);
    });
    const wide = new ResizeObserver(() => box.current && chart.current?.setSize({width: box.current.clientWidth, height: 120}));
    wide.observe(box.current);
    return () => {
      ended = true;
      wide.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [theme, lines.length, times.length < 2]);
  useEffect(() => chart.current?.setData(data()), [times.length, times.at(-1)]);
  return html`<figure class="chart"><figcaption>${label} ${lines.map((line) => html`<span class="key" style=${{'--key': `var(${line.colour})`}}>${line.label}</span>`)}</figcaption>
    ${times.length < 2 && html`<small>${t('plan.collecting')}</small>`}<div ref=${box} role="img" aria-label=${`${label}: ${lines.map((line) => `${line.label} ${said(line, unit)}`).join(', ')}`}></div></figure>`;
}

/**
 * @param {Line} line
 * @param {(value: number) => string} unit
 */
function said(line, unit) {
  const last = line.values.at(-1);
  return last === null || last === undefined ? '–' : unit(last);
}
