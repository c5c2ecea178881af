import test from 'node:test';
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {en} from '../../main/resources/io/laneway/console/app/i18n/en.js';
import {t} from '../../main/resources/io/laneway/console/app/lib/i18n.js';
import {zh} from '../../main/resources/io/laneway/console/app/i18n/zh.js';

const APP = new URL('../../main/resources/io/laneway/console/app/', import.meta.url);
const files = readdirSync(APP, {recursive: true}).filter((name) => name.endsWith('.js') && !name.startsWith('i18n'));
const sources = files.map((name) => [name, readFileSync(new URL(name, APP), 'utf8')]);
const holes = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test('both languages have the same keys, and the same holes', () => {
  assert.deepEqual(Object.keys(zh), Object.keys(en));
  for (const key of Object.keys(en)) {
    assert.deepEqual(holes(zh[key]), holes(en[key]), key);
    assert.ok(zh[key].trim() && en[key].trim(), key);
  }
});

const NUMBERS = new Set(['n', 'of', 'rate', 'errors', 'fallbacks', 'usable', 'endpoints', 'lanes', 'services', 'deployments', 'more']);

test('one is not said as several', () => {
  for (const [key, text] of Object.entries(en)) {
    const ones = Object.fromEntries([...text.matchAll(/\{(\w+)/g)].map((match) => [match[1], NUMBERS.has(match[1]) ? '1' : 'x']));
    assert.doesNotMatch(t(/** @type {any} */ (key), ones), /\b1 (?!is |has )[a-z]+s\b/, key);
  }
  assert.equal(t('chain.services', {n: 1}), '1 service of its own');
  assert.equal(t('chain.services', {n: 0}), '0 services of its own');
  assert.equal(t('chain.services', {n: 11}), '11 services of its own');
});

test('each key is used', () => {
  const all = sources.map(([, text]) => text).join('\n');
  const made = [...all.matchAll(/`([a-z.]+)\$\{/g)].map((match) => match[1]).filter((start) => start.endsWith('.'));
  assert.deepEqual(Object.keys(en).filter((key) => !all.includes(`'${key}'`) && !made.some((start) => key.startsWith(start))), []);
});

test('each command that a page names is one', () => {
  const page = readFileSync(new URL('../../../../docs/reference/cli.md', import.meta.url), 'utf8');
  const named = sources.flatMap(([, text]) => [...text.matchAll(/command=[^\n]*?["`](laneway(?: [a-z]+)+)/g)].map((match) => match[1]));
  assert.ok(named.length > 5);
  for (const command of named) {
    const words = command.split(' ');
    assert.ok(words.some((_, at) => at > 0 && page.includes(`## ${words.slice(0, at + 1).join(' ')}\n`)), command);
  }
});

test('nothing makes markup of text, and nothing comes from elsewhere', () => {
  for (const [name, text] of sources) {
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML|eval\(|new Function/, name);
    assert.doesNotMatch(text.replaceAll(/`http:\/\/\$\{|placeholder="[^"]*"|'https?:\/\/'|\/\^https/g, ''), /['"`]https?:\/\/\w/, name);
  }
});

test('each module is one idea: below 300 lines, said in its first line', () => {
  for (const [name, text] of sources) {
    assert.ok(text.split('\n').length < 300, name);
    assert.match(text, /^\/\*\*/, name);
  }
});
