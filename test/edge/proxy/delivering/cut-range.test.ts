import { expect, test } from 'vitest';
import { cutRange } from '../../../../edge/proxy/delivering/cut-range.ts';
import type { Delivery } from '../../../../edge/proxy/delivering/delivery.ts';
import { cacheable } from '../../exchange.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const createPipe = () => new TransformStream<Uint8Array, Uint8Array>();
const whole = (more: Partial<Delivery> = {}): Delivery => ({
  status: 200,
  fields: [['content-length', '4']],
  receivedAt: 0,
  body: bytes('page'),
  ...more,
});
const onItsWay = (more: Partial<Delivery> = {}) =>
  whole({ body: new Response('page').body as ReadableStream<Uint8Array>, createPipe, ...more });

async function cut(range: string, delivery: Delivery, method = 'GET') {
  const exchange = cacheable({ method, headers: { range } });
  const { status, fields, body } = cutRange(exchange, delivery, () => 'B');
  return { status, text: await new Response(body).text(), fields: Object.fromEntries(fields) };
}

test.each([
  ['stored bytes', whole],
  ['a body on its way', onItsWay],
])('one range of %s', async (_, delivery) => {
  expect(await cut('bytes=1-2', delivery())).toEqual({
    status: 206,
    text: 'ag',
    fields: { 'content-length': '2', 'content-range': 'bytes 1-2/4' },
  });
  expect(await cut('bytes=0-', delivery())).toMatchObject({ status: 206, text: 'page' });
  expect(await cut('bytes=4-', delivery())).toMatchObject({ status: 416, text: '' });
  expect(await cut('bytes=1-2', delivery(), 'HEAD')).toMatchObject({ status: 200, text: 'page' });
});

test('several ranges are cut out of stored bytes only', async () => {
  const long = `ab${'.'.repeat(500)}yz`;
  const fields: Delivery['fields'] = [['content-length', String(long.length)]];
  const stored = await cut('bytes=0-1, -2', whole({ body: bytes(long), fields }));
  expect([stored.status, stored.fields['content-type']]).toEqual([206, 'multipart/byteranges; boundary=B']);
  const body = new Response(long).body as ReadableStream<Uint8Array>;
  expect(await cut('bytes=0-1, -2', onItsWay({ body, fields }))).toMatchObject({ status: 200, text: long });
});

test('a body of unknown length, or without a pipe for it, stays whole', async () => {
  expect(await cut('bytes=1-2', onItsWay({ fields: [] }))).toMatchObject({ status: 200, text: 'page' });
  const { createPipe: _, ...bare } = onItsWay();
  expect(await cut('bytes=1-2', bare)).toMatchObject({ status: 200, text: 'page' });
  expect(await cut('bytes=1-2', whole({ body: null }))).toMatchObject({ status: 200, text: '' });
});
