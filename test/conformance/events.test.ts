import { expect, test } from 'vitest';
import { readEvents } from '../../src/conformance/events.js';

const named = (text: string) => readEvents(text).map(({ event, data, json }) => [event, data, json]);

test('events are read with their names, whatever ends their lines', () => {
  const text = 'event: a\ndata: {"n":1}\n\ndata: 2\n\n';
  const expected = [
    ['a', '{"n":1}', { n: 1 }],
    ['message', '2', 2],
  ];
  expect(named(text)).toEqual(expected);
  expect(named(text.replaceAll('\n', '\r\n'))).toEqual(expected);
});

test('several data lines are one text, comments and other fields are nothing', () => {
  expect(named(': hello\nid: 7\nretry: 10\ndata:one\ndata: two: three\n\n')).toEqual([
    ['message', 'one\ntwo: three', undefined],
  ]);
  expect(named(': only a comment\n\nevent: empty\n\n')).toEqual([]);
});

test('what was not finished is no event', () => {
  expect(named('data: 1\n\nevent: late\ndata: 2')).toEqual([['message', '1', 1]]);
  expect(named('')).toEqual([]);
});
