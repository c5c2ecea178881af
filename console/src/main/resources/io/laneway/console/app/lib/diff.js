/** What differs between two texts, side by side. */

/**
 * @typedef {object} Row one line of the two columns
 * @property {'same' | 'changed' | 'added' | 'removed'} kind
 * @property {string} [left]
 * @property {string} [right]
 */

/** Beyond so many pairs of lines the columns are shown without being matched. */
const MOST = 4_000_000;

/**
 * @param {string[]} before
 * @param {string[]} after
 * @returns {Row[]}
 */
export function sideBySide(before, after) {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) {
    head++;
  }
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before.at(-1 - tail) === after.at(-1 - tail)) {
    tail++;
  }
  const same = (/** @type {string} */ line) => /** @type {Row} */ ({kind: 'same', left: line, right: line});
  return [
    ...before.slice(0, head).map(same),
    ...paired(matched(before.slice(head, before.length - tail), after.slice(head, after.length - tail))),
    ...before.slice(before.length - tail).map(same),
  ];
}

/**
 * The longest common subsequence, as steps.
 *
 * @param {string[]} a
 * @param {string[]} b
 * @returns {Row[]}
 */
function matched(a, b) {
  if (a.length * b.length > MOST) {
    return [...a.map((left) => row('removed', left)), ...b.map((right) => row('added', undefined, right))];
  }
  const width = b.length + 1;
  const best = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * width + j] =
        a[i] === b[j] ? best[(i + 1) * width + j + 1] + 1 : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  /** @type {Row[]} */
  const rows = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      rows.push(row('same', a[i++], b[j++]));
    } else if (j >= b.length || (i < a.length && best[(i + 1) * width + j] >= best[i * width + j + 1])) {
      rows.push(row('removed', a[i++]));
    } else {
      rows.push(row('added', undefined, b[j++]));
    }
  }
  return rows;
}

/**
 * @param {Row['kind']} kind
 * @param {string} [left]
 * @param {string} [right]
 * @returns {Row}
 */
const row = (kind, left, right) => ({kind, left, right});

/**
 * Puts lines that were removed beside those that took their place.
 *
 * @param {Row[]} rows
 * @returns {Row[]}
 */
function paired(rows) {
  /** @type {Row[]} */
  const out = [];
  for (let at = 0; at < rows.length; ) {
    if (rows[at].kind === 'same') {
      out.push(rows[at++]);
      continue;
    }
    /** @type {Row[]} */
    const removed = [];
    /** @type {Row[]} */
    const added = [];
    for (; at < rows.length && rows[at].kind !== 'same'; at++) {
      (rows[at].kind === 'removed' ? removed : added).push(rows[at]);
    }
    for (let n = 0; n < Math.max(removed.length, added.length); n++) {
      const left = removed[n]?.left;
      const right = added[n]?.right;
      out.push(row(left === undefined ? 'added' : right === undefined ? 'removed' : 'changed', left, right));
    }
  }
  return out;
}

/**
 * Rows without long runs of what is the same.
 *
 * @param {Row[]} rows
 * @param {number} around lines kept on each side of a change
 * @returns {(Row | {kind: 'skipped', lines: number})[]}
 */
export function folded(rows, around) {
  const keep = rows.map((_, at) => rows.slice(Math.max(0, at - around), at + around + 1).some((one) => one.kind !== 'same'));
  /** @type {(Row | {kind: 'skipped', lines: number})[]} */
  const out = [];
  let skipped = 0;
  rows.forEach((one, at) => {
    if (keep[at]) {
      if (skipped) {
        out.push({kind: 'skipped', lines: skipped});
      }
      skipped = 0;
      out.push(one);
    } else {
      skipped++;
    }
  });
  return skipped ? [...out, {kind: 'skipped', lines: skipped}] : out;
}
