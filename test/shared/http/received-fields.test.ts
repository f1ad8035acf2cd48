import { expect, it } from 'vitest';
import { receivedFields } from '../../../shared/http/received-fields.ts';

const AT = Date.UTC(1994, 10, 6, 8, 49, 37);

it('a response without a Date gets the time of its receipt, and every one a line in Via', () => {
  expect(receivedFields([['x', '1']], AT)).toEqual([
    ['x', '1'],
    ['date', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['via', '1.1 headrace'],
  ]);
});

it('a Date that is there stays, even one that is none', () => {
  expect(receivedFields([['date', 'today']], AT)).toEqual([
    ['date', 'today'],
    ['via', '1.1 headrace'],
  ]);
});

it('a Content-Length goes where Transfer-Encoding overrides it, and stays where it stands alone', () => {
  const length = ['content-length', '9'] as const;
  const namesOf = (fields: Parameters<typeof receivedFields>[0]) =>
    receivedFields(fields, AT).map(([name]) => name);
  expect(namesOf([length, ['transfer-encoding', 'chunked']])).not.toContain('content-length');
  expect(namesOf([length])).toContain('content-length');
});
