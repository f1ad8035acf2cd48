import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  evaluateConditions,
  hasValidator,
  notModifiedFields,
  revalidationFields,
} from '../../../shared/http/conditional.ts';
import type { Fields } from '../../../shared/http/fields.ts';

const MODIFIED = 'Mon, 21 Sep 2026 12:00:00 GMT';
const A_SECOND_BEFORE = 'Mon, 21 Sep 2026 11:59:59 GMT';
const A_SECOND_AFTER = 'Mon, 21 Sep 2026 12:00:01 GMT';
const RECEIVED = Date.UTC(2026, 8, 21, 13, 0, 0);

const STORED: Fields = [
  ['etag', '"a"'],
  ['last-modified', MODIFIED],
  ['date', 'Mon, 21 Sep 2026 13:00:00 GMT'],
];

const evaluate = (request: Fields, fields = STORED, { method = 'GET', status = 200 } = {}) =>
  evaluateConditions(method, request, { status, fields, receivedAt: RECEIVED });

describe('If-None-Match (RFC 9110 §13.1.2)', () => {
  it.each(['"a"', 'W/"a"', '"b", "a"', '"b",W/"a" , "c"', '*', '"x,y", "a"'])('%s is not modified', value => {
    expect(evaluate([['if-none-match', value]])).toBe('not-modified');
  });

  it.each(['"b"', '"A"', 'a', '"a', '', '"a b"', 'w/"a"', '"*"', '"b, a"'])('%j is sent', value => {
    expect(evaluate([['if-none-match', value]])).toBe('send');
  });

  it('reads repeated lines as one list', () => {
    expect(
      evaluate([
        ['if-none-match', '"b"'],
        ['if-none-match', '"a"'],
      ]),
    ).toBe('not-modified');
  });

  it('matches a stored weak tag by its opaque part', () => {
    expect(evaluate([['if-none-match', '"a"']], [['etag', 'W/"a"']])).toBe('not-modified');
  });

  it('matches no stored tag that is none', () => {
    expect(evaluate([['if-none-match', '"a"']], [])).toBe('send');
    expect(evaluate([['if-none-match', 'a, b']], [['etag', 'a, b']])).toBe('send');
    expect(evaluate([['if-none-match', '*']], [])).toBe('not-modified');
  });

  it('takes a tag whose origin forgot the quotes as one text', () => {
    expect(evaluate([['if-none-match', 'a']], [['etag', 'a']])).toBe('not-modified');
    expect(evaluate([['if-none-match', 'b']], [['etag', 'a']])).toBe('send');
    expect(evaluate([['if-none-match', '"a"']], [['etag', 'a']])).toBe('send');
    expect(revalidationFields([['etag', 'a-1:2']])).toEqual([['if-none-match', 'a-1:2']]);
  });

  it('hides If-Modified-Since (§13.1.3)', () => {
    const since = ['if-modified-since', A_SECOND_AFTER] as const;
    expect(evaluate([['if-none-match', '"b"'], since])).toBe('send');
    expect(evaluate([['if-none-match', ''], since])).toBe('send');
  });
});

describe('If-Modified-Since (§13.1.3)', () => {
  it.each([
    [MODIFIED, 'not-modified'],
    [A_SECOND_AFTER, 'not-modified'],
    [A_SECOND_BEFORE, 'send'],
    ['Monday, 21-Sep-26 12:00:00 GMT', 'not-modified'],
    ['Mon Sep 21 12:00:00 2026', 'not-modified'],
    ['2026-09-22', 'send'],
    ['', 'send'],
    [`${MODIFIED}, ${MODIFIED}`, 'send'],
  ])('%j: %s', (since, expected) => {
    expect(evaluate([['if-modified-since', since]])).toBe(expected);
  });

  it('is measured against Date, then receipt, where Last-Modified is missing (RFC 9111 §4.3.2)', () => {
    const after = [['if-modified-since', A_SECOND_AFTER]] as const;
    expect(evaluate(after, [['date', MODIFIED]])).toBe('not-modified');
    expect(evaluate(after, [['date', 'Mon, 21 Sep 2026 12:30:00 GMT']])).toBe('send');
    expect(evaluate(after, [])).toBe('send');
    expect(evaluate([['if-modified-since', 'Mon, 21 Sep 2026 13:00:00 GMT']], [])).toBe('not-modified');
  });
});

describe('where no condition counts', () => {
  it.each([201, 299])('but at status %d, a success, they do', status => {
    expect(evaluate([['if-none-match', '*']], STORED, { status })).toBe('not-modified');
  });

  it.each([300, 301, 404, 412, 500])('status %d (§13.2.1)', status => {
    expect(evaluate([['if-none-match', '*']], STORED, { status })).toBe('send');
  });

  it('methods but GET and HEAD', () => {
    expect(evaluate([['if-none-match', '"a"']], STORED, { method: 'HEAD' })).toBe('not-modified');
    expect(evaluate([['if-none-match', '"a"']], STORED, { method: 'POST' })).toBe('send');
  });

  it('If-Match and If-Unmodified-Since, which are not for a cache (RFC 9111 §4.3.2)', () => {
    expect(
      evaluate([
        ['if-match', '"b"'],
        ['if-unmodified-since', A_SECOND_BEFORE],
      ]),
    ).toBe('send');
  });

  it('never throws on any value', () => {
    const request = fc.array(fc.tuple(fc.constantFrom('if-none-match', 'if-modified-since'), fc.string()));
    fc.assert(
      fc.property(request, fc.string(), (fields, etag) => {
        expect(['send', 'not-modified']).toContain(evaluate(fields, [['etag', etag]]));
      }),
    );
  });
});

describe('notModifiedFields (RFC 9110 §15.4.5)', () => {
  it('carries what a cache behind us needs, without describing a body', () => {
    const fields: Fields = [
      ['cache-control', 'max-age=60'],
      ['content-digest', 'sha-256=:AA==:'],
      ['content-encoding', 'br'],
      ['content-language', 'de'],
      ['content-length', '5'],
      ['content-location', '/a'],
      ['content-md5', 'AA=='],
      ['content-range', 'bytes 0-4/5'],
      ['digest', 'sha-256=AA=='],
      ['repr-digest', 'sha-256=:AA==:'],
      ['content-security-policy', "default-src 'self'"],
      ['content-type', 'text/html'],
      ['date', MODIFIED],
      ['etag', '"a"'],
      ['expires', MODIFIED],
      ['access-control-allow-origin', '*'],
      ['last-modified', MODIFIED],
      ['vary', 'accept'],
    ];
    expect(notModifiedFields(fields).map(([name]) => name)).toEqual([
      'cache-control',
      'content-location',
      'content-security-policy',
      'date',
      'etag',
      'expires',
      'access-control-allow-origin',
      'vary',
    ]);
  });

  it('keeps Last-Modified where it is the only validator', () => {
    expect(notModifiedFields([['last-modified', MODIFIED]])).toEqual([['last-modified', MODIFIED]]);
  });
});

describe('revalidationFields (RFC 9111 §4.3.1)', () => {
  it('sends the validators back byte for byte', () => {
    expect(
      revalidationFields([
        ['etag', 'W/"a"'],
        ['last-modified', 'Sunday, 06-Nov-94 08:49:37 GMT'],
      ]),
    ).toEqual([
      ['if-none-match', 'W/"a"'],
      ['if-modified-since', 'Sunday, 06-Nov-94 08:49:37 GMT'],
    ]);
  });

  it.each([
    [[]],
    [[['etag', 'not quoted']]],
    [[['etag', '"lost \ufffd bytes"']]],
    [
      [
        ['etag', '"a"'],
        ['etag', '"b"'],
      ],
    ],
    [[['last-modified', 'yesterday']]],
  ] as Fields[][])('has nothing to ask by in %j', fields => {
    expect(revalidationFields(fields)).toEqual([]);
    expect(hasValidator(fields)).toBe(false);
  });
});
