import test from 'node:test';
import assert from 'node:assert/strict';
import {asked, curl, words} from '../../main/resources/io/laneway/console/app/lib/curl.js';

test('a curl command is split as a shell would', () => {
  assert.deepEqual(words(`curl -H 'a: b c' "x\\"y" z\\ w \\\n --end`), ['curl', '-H', 'a: b c', 'x"y', 'z w', '--end']);
});

test('a pasted curl command says host, path and headers', () => {
  const cases = [
    [`curl -H 'trace-branch: f-1' http://order.example.com/cart?x=1`, {host: 'order.example.com', path: '/cart?x=1', headers: {'trace-branch': 'f-1'}}],
    [`$ curl 'https://a.test/' -X POST --data-raw '{"url":"http://evil/"}' -b 'trace-branch=f-2'`, {host: 'a.test', path: '/', headers: {cookie: 'trace-branch=f-2'}}],
    [`curl -sS localhost:8080/x -HX-Tenant-Id:acme -o /dev/null`, {host: 'localhost', path: '/x', headers: {'x-tenant-id': 'acme'}}],
    [`curl http://10.0.0.1:8080/ -H "Host: order.example.com"`, {host: 'order.example.com', path: '/', headers: {}}],
    [`curl --url http://u.test/p --max-time 3`, {host: 'u.test', path: '/p', headers: {}}],
  ];
  for (const [text, wanted] of cases) {
    assert.deepEqual(asked(text), wanted, text);
  }
});

test('an address and an id are told from each other, and other text is neither', () => {
  assert.deepEqual(asked('https://shop.test/a?b'), {host: 'shop.test', path: '/a?b', headers: {}});
  assert.deepEqual(asked('shop.test/a'), {host: 'shop.test', path: '/a', headers: {}});
  assert.deepEqual(asked(' 0eb6fb9d-6439-42e5-a9ae-e730ec19c82c '), {request: '0eb6fb9d-6439-42e5-a9ae-e730ec19c82c'});
  for (const text of ['', 'curl', 'curl -H', 'two words', '<b>', 'http://']) {
    assert.equal(asked(text), null, text);
  }
});

test('a call becomes a command that a shell reads as one', () => {
  const text = curl(`/v1/lanes/it's`, {method: 'PUT', body: {description: `$(rm -rf /) 'x'`}, ifMatch: '"12"', reason: '为什么'}, 'http://localhost:9900');
  const read = words(text);
  assert.equal(read[4], `http://localhost:9900/v1/lanes/it's`);
  assert.equal(read.at(-1), JSON.stringify({description: `$(rm -rf /) 'x'`}));
  assert.ok(read.includes('if-match: "12"'));
  assert.ok(read.includes(`x-reason: UTF-8''${encodeURIComponent('为什么')}`));
});
