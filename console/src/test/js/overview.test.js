import test from 'node:test';
import assert from 'node:assert/strict';
import {Overview} from '../../main/resources/io/laneway/console/app/data/overview.js';

test('traffic is said by the slug of a lane and shown at its name', () => {
  const view = new Overview({q: '', state: '', service: '', sort: ''});
  view.put({lanes: [{name: 'Feature/New_Cart', slug: 'feature-new-cart'}, {name: 'f-1', slug: 'f-1'}], total: 2, revision: 1, base: 'master'}, false);
  view.traffic({lanes: [{lane: 'feature-new-cart', requests: 5}, {lane: 'f-1', requests: 7}], services: []});
  assert.deepEqual(['Feature/New_Cart', 'f-1'].map((name) => view.rows.get(name).value.requests), [5, 7]);
});
