import { describe, expect, test } from 'vitest';
import { createEncoder } from '../../../../edge/proxy/keeping/encode.ts';
import type { Stored } from '../../../../edge/proxy/stored.ts';
import type { Codec } from '../../../../shared/http/compression.ts';
import { type Fields, fieldValue } from '../../../../shared/http/fields.ts';
import { computeFreshness } from '../../../../shared/http/freshness.ts';
import { PROFILES } from '../../../../shared/http/policy.ts';
import { cacheable, planOf } from '../../exchange.ts';

const HALF: Codec = { name: 'br', compress: async bytes => bytes.slice(0, bytes.byteLength / 2) };
const GROWS: Codec = { name: 'br', compress: async bytes => new Uint8Array(bytes.byteLength + 1) };
const BREAKS: Codec = { name: 'br', compress: () => Promise.reject(new Error('out of memory')) };

const FIELDS: Fields = [
  ['content-type', 'text/plain'],
  ['etag', '"a"'],
  ['content-length', '2000'],
];

const asking = (headers: Record<string, string>, compress = true) =>
  cacheable({ headers }, planOf({ compress }));

function formOf(fields = FIELDS) {
  const freshness = computeFreshness({
    status: 200,
    fields,
    policy: PROFILES.safe,
    requestedAt: 0,
    receivedAt: 0,
  });
  const meta: Stored = { status: 200, fields, freshness };
  return { meta, body: new Uint8Array(2_000) };
}

describe('what is stored', () => {
  test('is the compressed form, its length and tag its own', async () => {
    const { meta, body } = await createEncoder([HALF]).encode(asking({ 'accept-encoding': 'br' }), formOf());
    expect(body.byteLength).toBe(1_000);
    expect(meta.coding).toBe('br');
    expect(Object.fromEntries(meta.fields)).toEqual({
      'content-type': 'text/plain',
      'content-encoding': 'br',
      'content-length': '1000',
      etag: '"a~hr-br"',
      vary: 'Accept-Encoding',
    });
  });

  test.each([
    ['the codec breaks', BREAKS],
    ['it would grow', GROWS],
  ])('is the page as it is when %s, and others may have another', async (_, codec) => {
    const form = formOf();
    const { meta, body } = await createEncoder([codec]).encode(asking({ 'accept-encoding': 'br' }), form);
    expect(body).toBe(form.body);
    expect([meta.coding, fieldValue(meta.fields, 'vary'), fieldValue(meta.fields, 'etag')]).toEqual([
      'identity',
      'Accept-Encoding',
      '"a"',
    ]);
  });

  test.each([
    ['there is no codec', createEncoder([]), asking({ 'accept-encoding': 'br' })],
    ['the configuration says no', createEncoder([HALF]), asking({ 'accept-encoding': 'br' }, false)],
  ])('is what came, untouched, when %s', async (_, encoder, exchange) => {
    const form = formOf();
    expect(await encoder.encode(exchange, form)).toBe(form);
    const response = { ...form.meta, receivedAt: 0 };
    expect(encoder.announce(exchange, response)).toBe(response.fields);
  });
});

describe('the first client is told', () => {
  const announce = (headers: Record<string, string>, fields = FIELDS) =>
    createEncoder([HALF]).announce(asking(headers), { status: 200, fields, receivedAt: 0 });

  test.each([{ 'accept-encoding': 'br' }, { 'accept-encoding': 'gzip' }, {}])(
    'that the page varies, whatever it takes: %j',
    headers => {
      const fields = announce(headers);
      expect(fieldValue(fields, 'vary')).toBe('Accept-Encoding');
      expect(fieldValue(fields, 'etag')).toBe('"a"');
      expect(fieldValue(fields, 'content-encoding')).toBeUndefined();
    },
  );

  test('nothing of a page that is too small, also where its length is not declared until the end', () => {
    const small = FIELDS.map(([name, value]): [string, string] => [
      name,
      name === 'content-length' ? '9' : value,
    ]);
    expect(announce({ 'accept-encoding': 'br' }, small)).toBe(small);
    const unknown = FIELDS.filter(([name]) => name !== 'content-length');
    expect(fieldValue(announce({ 'accept-encoding': 'br' }, unknown), 'vary')).toBe('Accept-Encoding');
  });

  test('the tag of the compressed form when it asks by that one', () => {
    const tagFor = (condition: string) =>
      fieldValue(announce({ 'accept-encoding': 'br', 'if-none-match': condition }), 'etag');
    expect(tagFor('"a~hr-br"')).toBe('"a~hr-br"');
    expect(['"a"', '"a~hr-gzip"', '"b~hr-br"', '*', '"a", "a~hr-br"'].map(tagFor)).toEqual(
      Array(5).fill('"a"'),
    );
  });
});
