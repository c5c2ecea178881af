import test from 'node:test';
import assert from 'node:assert/strict';
import {Messages} from '../../main/resources/io/laneway/console/app/lib/sse.js';

const STREAM = ': hello\r\n\r\nid: a-1\nevent: open\ndata: {"x":1}\n\ndata: one\ndata:two\n\nevent: none\n\ndata\n\n';
const WANTED = [
  {event: 'open', data: '{"x":1}', id: 'a-1'},
  {event: 'message', data: 'one\ntwo', id: 'a-1'},
  {event: 'message', data: '', id: 'a-1'},
];

test('messages are the same however the stream is cut', () => {
  for (let size = 1; size <= STREAM.length; size++) {
    const messages = new Messages();
    const found = [];
    for (let at = 0; at < STREAM.length; at += size) {
      found.push(...messages.take(STREAM.slice(at, at + size)));
    }
    assert.deepEqual(found, WANTED, `pieces of ${size}`);
  }
});
