/** Overlays change a copy of a document, or say clearly why not. */
import { expect, test } from 'vitest';
import { applyOverlay } from '../../src/contract/overlay.js';
import { parseTarget } from '../../src/contract/overlay-target.js';
import { ContractError } from '../../src/core/errors.js';

const document = { paths: { '/a b': { get: { tags: ['one'], deep: { x: 1, y: [1] } } }, '/c': { get: { tags: [] } } } };

const overlay = (...actions: object[]) => ({ overlay: '1.0.0', info: { title: 'Any', version: '1' }, actions });
const apply = (...actions: object[]) => applyOverlay(document, 'some.yaml', overlay(...actions));

function problems(value: unknown) {
  try {
    applyOverlay(document, 'some.yaml', value);
  } catch (error) {
    if (error instanceof ContractError) return error.problems.map(({ pointer, message }) => `${pointer}: ${message}`);
    throw error;
  }
  return [];
}

test.each([
  ['$', []],
  ['$.a.b-c', [{ name: 'a' }, { name: 'b-c' }]],
  ["$['a b'][0].*", [{ name: 'a b' }, 0, '*']],
  ['$["it\\"s"][*]', [{ name: 'it"s' }, '*']],
])('%s is understood', (target, steps) => {
  expect(parseTarget(target)).toEqual(steps);
});

test.each(['a.b', '$..a', '$.a[?(@.b)]', '$[a]', '$.a.', "$['a"])(
  '%s is not understood, and that is said',
  (target) => {
    expect(parseTarget(target)).toEqual(expect.any(String));
  },
);

test('objects merge, lists grow, plain values are replaced, and the document stays as it was', () => {
  const before = structuredClone(document);
  const update = { tags: ['two'], deep: { x: 2, y: [2], z: { new: true } } };
  expect(apply({ target: "$.paths['/a b'].get", update })).toEqual({
    paths: {
      '/a b': { get: { tags: ['one', 'two'], deep: { x: 2, y: [1, 2], z: { new: true } } } },
      '/c': { get: { tags: [] } },
    },
  });
  expect(document).toEqual(before);
});

test('a list takes an entry or several at its end', () => {
  const changed = apply(
    { target: "$.paths['/c'].get.tags", update: 'one' },
    { target: "$.paths['/c'].get.tags", update: ['two', 'three'] },
  );
  expect(changed).toMatchObject({ paths: { '/c': { get: { tags: ['one', 'two', 'three'] } } } });
});

test('a star selects all members, and what is removed is gone', () => {
  expect(apply({ target: '$.paths.*.get.tags', remove: true })).toEqual({
    paths: { '/a b': { get: { deep: { x: 1, y: [1] } } }, '/c': { get: {} } },
  });
  expect(apply({ target: "$.paths['/a b'].get.deep.y[*]", remove: true })).toMatchObject({
    paths: { '/a b': { get: { deep: { y: [] } } } },
  });
});

test('two places that take the same update do not share it', () => {
  const changed = apply(
    { target: '$.paths.*.get', update: { shared: { list: [] } } },
    { target: "$.paths['/c'].get.shared.list", update: 'only here' },
  );
  expect(changed).toMatchObject({ paths: { '/a b': { get: { shared: { list: [] } } } } });
});

test('all that is wrong with an overlay is told at once', () => {
  expect(problems({ overlay: '2.0.0', actions: [{ target: 7 }, { target: '$..x', remove: 'yes' }, 'x'] })).toEqual([
    '/overlay: must be an Overlay version such as "1.0.0", is "2.0.0"',
    '/info/title: must be a text',
    '/info/version: must be a text',
    '/actions/0/target: must be a text such as $.paths',
    '/actions/0: needs "update" or "remove: true"',
    expect.stringContaining('/actions/1/target: is not understood from "..x" on'),
    '/actions/1/remove: must be true or false',
    '/actions/1: needs "update" or "remove: true"',
    '/actions/2: must be an object with "target" and "update" or "remove"',
  ]);
  expect(problems([])).toEqual([': is not an Overlay document']);
  expect(problems(overlay())).toEqual(['/actions: must be a list of at least one action']);
});

test.each([
  ['nothing selected', { target: '$.nowhere', update: {} }, 'selects nothing in this contract'],
  ['a plain value', { target: "$.paths['/a b'].get.deep.x", update: 2 }, 'selects a plain value'],
  ['an object and a text', { target: '$.paths', update: 'text' }, '"update" must be an object'],
  ['the whole document', { target: '$', remove: true }, 'cannot be removed'],
  ['a prototype', { target: '$.paths', update: JSON.parse('{"__proto__": {"a": 1}}') }, 'may not set "__proto__"'],
])('%s is a mistake', (_, action, message) => {
  expect(problems(overlay(action))).toEqual([expect.stringContaining(message)]);
});
