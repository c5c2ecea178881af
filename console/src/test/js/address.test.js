import test from 'node:test';
import assert from 'node:assert/strict';
import {parse, to} from '../../main/resources/io/laneway/console/app/lib/address.js';
import {matches} from '../../main/resources/io/laneway/console/app/data/session.js';

test('an address that is made is read again, whatever names hold', () => {
  for (const name of ['f-1', 'feature/x', '100%', 'a..b', '泳道', 'a?b#c', '<script>']) {
    const url = new URL(to(['lanes', name], {q: name, none: ''}), 'http://localhost');
    assert.deepEqual(parse(url.pathname, url.search), {page: 'lane', names: {lane: name}, query: {q: name}}, name);
  }
  assert.equal(parse('/console/', '').page, 'overview');
  assert.equal(parse('/console/shifts/default/plan', '').page, 'plan');
  assert.equal(parse('/console/lanes/%zz', '').page, '');
  assert.equal(parse('/console/x/y', '').page, '');
});

test('a pattern of lanes means what it does for the API', () => {
  assert.ok(matches('f-*', 'f-1') && matches('*', 'x') && matches('a.b', 'a.b'));
  assert.ok(!matches('f-*', 'xf-1') && !matches('a.b', 'axb'));
});
