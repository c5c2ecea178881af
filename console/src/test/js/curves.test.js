import test from 'node:test';
import assert from 'node:assert/strict';
import {Curves, withPast} from '../../main/resources/io/laneway/console/app/data/curves.js';

test('a curve has its past, and each moment once', () => {
  const curves = new Curves();
  const at = Date.parse('2026-11-30T10:00:10Z') / 1000;
  curves.add({services: [{service: 'cart', environment: {errorRate: 0.5, p99: 7}, base: {errorRate: 0}}]}, at);
  const kept = {times: ['2026-11-30T10:00:00Z', '2026-11-30T10:00:05Z', '2026-11-30T10:00:10Z'], services: [
    {service: 'cart', errorRate: [0, null, 0.5], baseErrorRate: [0, 0, 0], p99: [5, null, 7], baseP99: [4, 4, 4]}]};
  const all = withPast(kept, 'cart', curves.points.get('cart'));
  assert.deepEqual(all.map((one) => one.time - at), [-10, -5, 0]);
  assert.deepEqual(all.map((one) => one.errors), [0, null, 0.5]);
  assert.deepEqual(withPast(kept, 'order', []), []);
  assert.equal(withPast(null, 'cart', curves.points.get('cart')).length, 1);
  assert.equal(withPast(kept, 'cart', []).length, 3);
});
