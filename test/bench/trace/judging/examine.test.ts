import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Played } from '../playing/player.ts';
import type { Testimony } from '../stage/origin-process.ts';
import { createExaminer } from './examine.ts';

const BOUND_MS = 1_000;
const PAGE = '/products/1';
const URL = { path: `${PAGE}?gclid=1`, page: PAGE };

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

interface Given {
  readonly body?: Buffer;
  readonly coding?: string;
  readonly status?: number;
  readonly askedAt?: number;
  readonly copyOf?: Played;
}

function read({ body = Buffer.alloc(0), coding = '', status = 200, askedAt = 0, copyOf }: Given): Played {
  const headers = coding === '' ? {} : { 'content-encoding': coding };
  return {
    step: { kind: 'read', url: URL, isConditional: copyOf !== undefined },
    answer: { status, headers, body, askedAt, tookMs: 1 },
    outcome: 'L1',
    copyOf,
  };
}

function write(number: number, askedAt: number, tookMs: number): Played {
  const answer = { status: 200, headers: {}, body: Buffer.alloc(0), askedAt, tookMs };
  return {
    step: { kind: 'write', change: 'stock', product: 1, number },
    answer,
    outcome: 'passed',
    copyOf: undefined,
  };
}

const NOTHING: Testimony = { renderings: [], changes: [], requests: 0, queries: 0 };
const rendered = (body: string, startedAt: number) => ({
  page: PAGE,
  hash: sha256(body),
  tags: ['product-1'],
  startedAt,
});

describe('an examiner', () => {
  test('holds bodies against the origin’s whatever coding they came in', async () => {
    const examiner = createExaminer({ boundMs: BOUND_MS });
    const played = [
      read({ body: Buffer.from('page') }),
      read({ body: gzipSync('page'), coding: 'gzip' }),
      read({ body: brotliCompressSync('page'), coding: 'br' }),
      read({ body: brotliCompressSync('torn'), coding: 'br' }),
    ];
    const found = await examiner.examine(played, { ...NOTHING, renderings: [rendered('page', 0)] });
    expect(found).toMatchObject([{ kind: 'foreign', hash: sha256('torn'), path: URL.path }]);
    expect(examiner.examined()).toBe(4);
  });

  test('takes a change for seen from the answer to its write, and finds who shows the page from before', async () => {
    const examiner = createExaminer({ boundMs: BOUND_MS });
    const testimony = {
      ...NOTHING,
      renderings: [rendered('before', 0), rendered('after', 60)],
      changes: [{ id: '7', tags: ['product-1'], doneAt: 50 }],
    };
    const before = Buffer.from('before');
    const played = [
      write(7, 40, 60),
      read({ body: before, askedAt: 1_099 }),
      read({ body: before, askedAt: 1_101 }),
      read({ body: Buffer.from('after'), askedAt: 1_101 }),
    ];
    expect(await examiner.examine(played, testimony)).toMatchObject([
      { kind: 'stale', askedAt: 1_101, lateMs: 1 },
    ]);
    expect(examiner.examined()).toBe(3);
  });

  test('takes a 304 for the copy that it confirms', async () => {
    const examiner = createExaminer({ boundMs: BOUND_MS });
    const copyOf = read({ body: Buffer.from('before') });
    await examiner.examine([copyOf, write(7, 40, 60)], {
      ...NOTHING,
      renderings: [rendered('before', 0)],
      changes: [{ id: '7', tags: ['product-1'], doneAt: 50 }],
    });
    const confirmed = read({ status: 304, askedAt: 5_000, copyOf });
    expect(await examiner.examine([confirmed], NOTHING)).toMatchObject([{ kind: 'stale' }]);
  });

  test('leaves errors to whoever looks at statuses', async () => {
    const examiner = createExaminer({ boundMs: BOUND_MS });
    expect(await examiner.examine([read({ status: 502 })], NOTHING)).toEqual([]);
    expect(examiner.examined()).toBe(0);
  });
});
