import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { arrived } from './arrived.ts';
import { begin, readReply } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

const MiB = 1024 * 1024;
let flow: Flow;

beforeAll(async () => {
  // A quarter of memory, one megabyte, is for recordings under way.
  flow = await startFlow({
    config: { levels: { l1: { maxBytes: 4 * MiB } }, limits: { maxBodyBytes: MiB } },
  });
});
afterAll(() => flow.stop());

test.each([
  ['with a declared length', true],
  ['without', false],
])(
  'more large answers at once than memory has room for, %s, all arrive, and few are kept',
  async (_, declared) => {
    const body = 'x'.repeat(600_000);
    let finish: (() => void)[] = [];
    const pages = Array.from({ length: 6 }, () =>
      flow.origin.page((_, response) => {
        const length = declared ? { 'content-length': String(body.length) } : {};
        response.writeHead(200, { 'cache-control': 'max-age=60', ...length }).write(body.slice(10));
        finish.push(() => response.end(body.slice(0, 10)));
      }),
    );
    const replies = await Promise.all(pages.map(({ path }) => begin(flow.url, path)));
    const received = replies.map(countBytes);
    const reading = replies.map(readReply);
    await eventually(() => expect(received.map(bytes => bytes())).toEqual(Array(6).fill(body.length - 10)));
    for (const end of finish) end();
    for (const { text, whole } of await Promise.all(reading))
      expect([text.length, whole]).toEqual([body.length, true]);
    await arrived([], flow);
    finish = [];
    const again = pages.map(async ({ path }) => {
      const response = await begin(flow.url, path);
      const reply = readReply(response);
      for (const end of finish.splice(0)) end();
      return (await reply).cacheStatus?.startsWith('hit');
    });
    const hits = (await Promise.all(again)).filter(Boolean).length;
    expect(hits).toBe(1);
  },
);

function countBytes(response: IncomingMessage): () => number {
  let bytes = 0;
  response.on('data', chunk => {
    bytes += chunk.length;
  });
  return () => bytes;
}

test('once they are through there is room again', async () => {
  const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'x'.repeat(900_000) });
  await flow.ask(page.path);
  expect((await flow.ask(page.path)).cacheStatus).toMatch(/^hit/);
});
