import test from 'node:test';
import assert from 'node:assert/strict';
import {ALL, drag, rest, share, slots} from '../../main/resources/io/laneway/console/app/lib/shares.js';
import {steps} from '../../main/resources/io/laneway/console/app/lib/steps.js';

test('shares are exact', () => {
  for (const [text, wanted] of [['20%', 2000], ['12.5', 1250], ['0.01%', 1], ['33.33 %', 3333], ['100', 10000], ['0', 0]]) {
    assert.equal(slots(text), wanted);
  }
  for (const text of ['', '101', '-1', '1.234', 'abc', '1e2', undefined]) {
    assert.ok(Number.isNaN(slots(text)), String(text));
  }
  for (let n = 0; n <= ALL; n++) {
    assert.equal(slots(share(n)), n);
  }
});

test('a handle takes from its neighbour, the last one from base, and nothing is lost', () => {
  assert.deepEqual(drag([1000, 2000], 0, 1500), [1500, 1500]);
  assert.deepEqual(drag([1000, 2000], 0, 9000), [3000, 0]);
  assert.deepEqual(drag([1000, 2000], 1, 10000), [1000, 9000]);
  assert.deepEqual(drag([1000, 2000], 1, 0), [1000, 0]);
  assert.equal(rest(drag([1000, 2000], 0, -5)), rest([0, 3000]));
});

test('steps are read as one writes them', () => {
  assert.deepEqual(steps('demo, 5% 30m, 20% 2h, 100%'), [{group: 'demo'}, {share: '5%', pause: '30m'}, {share: '20%', pause: '2h'}, {share: '100%'}]);
  for (const text of ['', '5', '5%  30', '101%', '5% 1h more', ',']) {
    assert.equal(steps(text), null, text);
  }
});
