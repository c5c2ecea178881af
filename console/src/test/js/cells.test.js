import test from 'node:test';
import assert from 'node:assert/strict';
import {cell, telling} from '../../main/resources/io/laneway/console/app/data/cells.js';

const service = {id: 'order', name: 'order', base: {endpoints: 2, usable: 2}};
const lanes = {
  G0: {name: 'G0', fallsBackTo: ['master'], services: [{service: 'order', endpoints: 1, usable: 1}]},
  'f-1': {name: 'f-1', fallsBackTo: ['master'], services: [{service: 'order', endpoints: 2, usable: 1, requests: 60, errors: 2}]},
  'f-2': {name: 'f-2', fallsBackTo: ['G0', 'master'], services: [{service: 'order', endpoints: 1, usable: 0}]},
  strict: {name: 'strict', mode: 'strict', fallsBackTo: [], services: []},
};
const of = (lane, one = service) => cell(lane, one, 'master', (name) => lanes[name]);

test('a cell says who serves, as the decision walks', () => {
  assert.deepEqual(of(lanes['f-1']), {kind: 'own', served: 'f-1', requests: 60, errors: 2, endpoints: 2, usable: 1});
  assert.deepEqual([of(lanes['f-2']).kind, of(lanes['f-2']).served], ['unready', 'G0']);
  assert.deepEqual([of({name: 'x', fallsBackTo: ['master']}).kind, of({name: 'x', fallsBackTo: ['master']}).served], ['fallback', 'master']);
  assert.equal(of(lanes.strict).kind, 'none');
  assert.equal(of({name: 'master', base: true}).kind, 'own');
  assert.equal(of({name: 'x', fallsBackTo: ['master']}, {id: 'gone', name: 'gone'}).kind, 'none');
});

test('only cells that say more than that base serves are drawn one by one', () => {
  const services = [service, {id: 'cart', name: 'cart', base: {endpoints: 1, usable: 1}}, {id: 'new', name: 'new'}, {id: 'stock', name: 'stock', base: {endpoints: 1, usable: 1}}];
  const table = {services, places: new Map(services.map((one, at) => [one.id, at])), base: 'master'};
  const columns = (lane, range = {from: 0, to: 4}) => telling(lane, range, table, (name) => lanes[name]);
  assert.deepEqual(columns(lanes['f-1']), [0, 2]);
  assert.deepEqual(columns({name: 'child', fallsBackTo: ['G0', 'master'], services: [{service: 'stock', endpoints: 1, usable: 1}]}), [0, 2, 3]);
  assert.deepEqual(columns(lanes.strict), [0, 1, 2, 3]);
  assert.deepEqual(columns({name: 'master', base: true}), [0, 1, 2, 3]);
  assert.deepEqual(columns(lanes['f-1'], {from: 1, to: 2}), []);
  for (const lane of Object.values(lanes)) {
    services.forEach((one, at) => !columns(lane).includes(at)
      && assert.deepEqual([of(lane, one).kind, of(lane, one).served], ['fallback', 'master'], `${lane.name} ${one.id}`));
  }
});
