import { describe, expect, test } from 'vitest';
import {
  fieldsAtOrigin,
  fieldsInCoding,
  mayStayInCoding,
} from '../../../../edge/proxy/keeping/coding-of-stored.ts';
import type { Stored } from '../../../../edge/proxy/stored.ts';
import type { Fields } from '../../../../shared/http/fields.ts';

const CODED: Fields = [
  ['content-encoding', 'br'],
  ['etag', '"a~hr-br"'],
  ['vary', 'Accept-Encoding'],
];

const storedAs = (coding: Stored['coding'], fields: Fields) => ({ coding, fields }) as Stored;

describe('what the origin knows', () => {
  test('of a page that Headrace compressed is neither its coding nor its tag', () => {
    expect(new Map(fieldsAtOrigin(storedAs('br', CODED)))).toEqual(
      new Map([
        ['etag', '"a"'],
        ['vary', 'Accept-Encoding'],
      ]),
    );
  });

  test.each([undefined, 'identity'] as const)(
    'of its own bytes is what it said, even a tag like ours',
    coding => {
      expect(fieldsAtOrigin(storedAs(coding, CODED))).toBe(CODED);
    },
  );
});

test('bytes that Headrace compressed do not stand when the origin now forbids that', () => {
  const forbids: Fields = [['cache-control', 'max-age=60, no-transform']];
  expect(mayStayInCoding(storedAs('br', CODED), forbids)).toBe(false);
  expect(mayStayInCoding(storedAs('br', CODED), [['cache-control', 'max-age=60']])).toBe(true);
  expect(mayStayInCoding(storedAs('identity', CODED), forbids)).toBe(true);
});

describe('its newer fields', () => {
  const newer: Fields = [
    ['etag', '"a"'],
    ['vary', 'Cookie'],
  ];

  test('are those of the compressed bytes again', () => {
    expect(new Map(fieldsInCoding(newer, 'br'))).toEqual(
      new Map([
        ['etag', '"a~hr-br"'],
        ['vary', 'Accept-Encoding'],
        ['content-encoding', 'br'],
      ]),
    );
    expect(fieldsInCoding(newer, 'br')).toContainEqual(['vary', 'Cookie']);
  });

  test('say that others may have another coding', () => {
    expect(fieldsInCoding(newer, 'identity')).toEqual([...newer, ['vary', 'Accept-Encoding']]);
    expect(fieldsInCoding(newer, undefined)).toBe(newer);
  });
});
