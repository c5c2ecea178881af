import test from 'node:test';
import assert from 'node:assert/strict';
import {Overview} from '../../main/resources/io/laneway/console/app/data/overview.js';

test('traffic is said by the slug of a lane and shown at its name', () => {
  const view = new Overview({q: '', state: '', service: '', sort: ''});
  view.put({lanes: [{name: 'Feature/New_Cart', slug: 'feature-new-cart'}, {name: 'f-1', slug: 'f-1'}], total: 2, revision: 1, base: 'master'}, false);
  view.traffic({lanes: [{lane: 'feature-new-cart', requests: 5}, {lane: 'f-1', requests: 7}], services: []});
  assert.deepEqual(['Feature/New_Cart', 'f-1'].map((name) => view.rows.get(name).value.requests), [5, 7]);
});

test('a row farther away that is asked for while a nearer one is read is read as well', async () => {
  const view = new Overview({q: '', state: '', service: '', sort: ''});
  const rows = (/** @type {number} */ from, /** @type {number} */ to) => Array.from({length: to - from}, (_, at) => ({name: `f-${from + at}`}));
  /** @type {((to: number) => void)[]} */
  const open = [];
  globalThis.fetch = () =>
    new Promise((done) => {
      open.push((to) => {
        const body = {lanes: rows(to - 100, to), total: 300, revision: 1, base: 'master', ...(to < 300 ? {next: `f-${to}`} : {})};
        done(new Response(JSON.stringify(body), {headers: {'content-type': 'application/json'}}));
      });
    });
  view.put({lanes: rows(0, 100), total: 300, revision: 1, base: 'master', next: 'f-100'}, false);
  const near = view.reach(150);
  void view.reach(299);
  open.shift()?.(200);
  await new Promise((done) => setTimeout(done, 0));
  open.shift()?.(300);
  await near;
  assert.equal(view.order.length, 300);
});
