import { expect, it } from 'vitest';
import { appendVia } from '../../../shared/http/via.ts';

it.each([
  ['HTTP/1.0', '1.0 headrace'],
  ['HTTP/1.1', '1.1 headrace'],
  ['HTTP/2', '2 headrace'],
  ['HTTP/3', '3 headrace'],
  ['http/2', '2 headrace'],
  ['SPDY/3.1', '1.1 headrace'],
  ['', '1.1 headrace'],
  ['HTTP/1.1\r\nx: y', '1.1 headrace'],
])('a message that came by %j (RFC 9110 §7.6.3)', (protocol, expected) => {
  expect(appendVia([], protocol)).toEqual([['via', expected]]);
});

it('stands behind those who had it before', () => {
  expect(
    appendVia([
      ['via', '1.0 fred, 1.1 p.example.com'],
      ['a', 'b'],
    ]),
  ).toEqual([
    ['via', '1.0 fred, 1.1 p.example.com'],
    ['a', 'b'],
    ['via', '1.1 headrace'],
  ]);
});
