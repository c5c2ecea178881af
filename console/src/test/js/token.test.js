import test from 'node:test';
import assert from 'node:assert/strict';
import {forget, left, take} from '../../main/resources/io/laneway/console/app/lib/token.js';

test('a reader that leaves is counted, another token alone is not', () => {
  take('one', false);
  take('two', false);
  assert.equal(left.value, 0);
  forget();
  assert.equal(left.value, 1);
});
