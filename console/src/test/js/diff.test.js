import test from 'node:test';
import assert from 'node:assert/strict';
import {folded, sideBySide} from '../../main/resources/io/laneway/console/app/lib/diff.js';
import {yaml} from '../../main/resources/io/laneway/console/app/lib/yaml.js';

const kinds = (rows) => rows.map((row) => row.kind[0]).join('');

test('both columns give back what was compared', () => {
  let seed = 7;
  const next = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
  for (let round = 0; round < 200; round++) {
    const before = Array.from({length: next(12)}, () => 'abcd'[next(4)]);
    const after = Array.from({length: next(12)}, () => 'abcd'[next(4)]);
    const rows = sideBySide(before, after);
    assert.deepEqual(rows.flatMap((row) => row.left ?? []), before);
    assert.deepEqual(rows.flatMap((row) => row.right ?? []), after);
    assert.ok(rows.every((row) => (row.kind === 'same') === (row.left === row.right)));
  }
});

test('a changed line stands beside what it was', () => {
  assert.equal(kinds(sideBySide(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])), 'scsa');
});

test('what is the same far from a change is folded', () => {
  const lines = Array.from({length: 40}, (_, n) => `l${n}`);
  const rows = folded(sideBySide(lines, lines.with(20, 'new')), 2);
  assert.deepEqual(rows.map((row) => row.kind), ['skipped', 'same', 'same', 'changed', 'same', 'same', 'skipped']);
  assert.equal(rows[0].lines, 18);
});

test('texts that would be read as something else are quoted', () => {
  assert.deepEqual(yaml({name: 'f-1', mode: 'true', note: 'a: b', n: 3, none: null, hosts: ['a.test', '*.b'], deployments: [{lane: 'x', endpoints: [{address: '1.2.3.4:5'}]}], text: 'two\nlines'}), [
    'name: f-1', 'mode: "true"', 'note: "a: b"', 'n: 3', 'none: null', 'hosts: [a.test, "*.b"]', 'deployments:', '  - lane: x', '    endpoints:', '      - address: "1.2.3.4:5"', 'text: "two\\nlines"',
  ]);
});
