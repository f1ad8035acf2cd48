import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fields, fieldValue } from '../../../shared/http/fields.ts';
import type { RangeDecision } from '../../../shared/http/range.ts';
import { respondToRange, type WholeResponse } from '../../../shared/http/range-response.ts';

const FIELDS: Fields = [
  ['date', 'Mon, 21 Sep 2026 12:00:01 GMT'],
  ['content-type', 'text/plain'],
  ['content-length', '26'],
  ['content-digest', 'sha-256=:YQ==:'],
  ['cache-control', 'max-age=60'],
  ['etag', '"a"'],
  ['vary', 'Accept'],
];
const bytes = (text: string) => new TextEncoder().encode(text);
const LETTERS: WholeResponse = { fields: FIELDS, body: bytes('abcdefghijklmnopqrstuvwxyz') };
const text = (body: Uint8Array) => new TextDecoder().decode(body);
const respond = (decision: RangeDecision, whole = LETTERS) => respondToRange(decision, whole, 'THE-BOUNDARY');

it('the whole stays as it is', () => {
  expect(respond({ kind: 'whole' })).toEqual({ status: 200, ...LETTERS });
});

describe('one part (RFC 9110 §15.3.7.1)', () => {
  const { status, fields, body } = respond({ kind: 'part', start: 2, end: 4 });

  it('is these bytes, said in Content-Range', () => {
    expect([status, text(body)]).toEqual([206, 'cde']);
    expect(fieldValue(fields, 'content-range')).toBe('bytes 2-4/26');
    expect(fieldValue(fields, 'content-length')).toBe('3');
  });

  it('keeps what a 200 would have said, but a digest of other content', () => {
    for (const name of ['date', 'etag', 'cache-control', 'vary', 'content-type'])
      expect(fieldValue(fields, name)).toBe(fieldValue(FIELDS, name));
    expect(fieldValue(fields, 'content-digest')).toBeUndefined();
  });
});

describe('several parts (§14.6)', () => {
  const decision = {
    kind: 'parts',
    parts: [
      { start: 24, end: 25 },
      { start: 0, end: 0 },
    ],
  } as const;

  it('are a multipart, each with its own Content-Range', () => {
    const { status, fields, body } = respond(decision);
    expect(status).toBe(206);
    expect(fieldValue(fields, 'content-type')).toBe('multipart/byteranges; boundary=THE-BOUNDARY');
    expect(fieldValue(fields, 'content-range')).toBeUndefined();
    expect(fieldValue(fields, 'content-length')).toBe(String(body.byteLength));
    expect(text(body).split('\r\n')).toEqual([
      '',
      '--THE-BOUNDARY',
      'Content-Type: text/plain',
      'Content-Range: bytes 24-25/26',
      '',
      'yz',
      '--THE-BOUNDARY',
      'Content-Type: text/plain',
      'Content-Range: bytes 0-0/26',
      '',
      'a',
      '--THE-BOUNDARY--',
      '',
    ]);
  });

  it('name no type where the whole has none', () => {
    const { body } = respond(decision, { fields: [], body: LETTERS.body });
    expect(text(body)).not.toContain('Content-Type');
  });

  it('carry any bytes unchanged', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 300 }), given => {
        const body = new Uint8Array(given);
        const parts = [
          { start: 0, end: 1 },
          { start: body.byteLength - 2, end: body.byteLength - 1 },
        ];
        const answer = respond({ kind: 'parts', parts }, { fields: [], body });
        const latin1 = String.fromCharCode(...answer.body);
        const [, first = '', second = ''] = latin1.split('--THE-BOUNDARY');
        expect(first.endsWith(`\r\n\r\n${String.fromCharCode(...body.slice(0, 2))}\r\n`)).toBe(true);
        expect(second.endsWith(`\r\n\r\n${String.fromCharCode(...body.slice(-2))}\r\n`)).toBe(true);
      }),
    );
  });
});

describe('what cannot be satisfied (§15.5.17)', () => {
  it('is told how much there is, and kept by no cache', () => {
    const { status, fields, body } = respond({ kind: 'unsatisfiable' });
    expect([status, body.byteLength]).toEqual([416, 0]);
    expect(fieldValue(fields, 'content-range')).toBe('bytes */26');
    expect(fieldValue(fields, 'content-length')).toBe('0');
    expect(fieldValue(fields, 'cache-control')).toBe('no-store');
    expect(fieldValue(fields, 'content-type')).toBeUndefined();
    expect(fieldValue(fields, 'etag')).toBe('"a"');
  });
});
