import { describe, expect, test } from 'vitest';
import { settle } from './settle.ts';
import { createTruth, type Delivery } from './truth.ts';

const BOUND_MS = 1_000;
const PAGE = '/products/1';
const TAGS = ['product-1', 'products'];

/** Rendered as `old` at 0, changed at 100, which was answered for at 110, rendered as `new` at 200. */
function changedOnce() {
  const truth = createTruth({ boundMs: BOUND_MS });
  truth.rendered({ page: PAGE, hash: 'old', tags: TAGS, startedAt: 0 });
  truth.changed({ tags: ['product-1'], doneAt: 100, purgedAt: 110 });
  truth.rendered({ page: PAGE, hash: 'new', tags: TAGS, startedAt: 200 });
  return truth;
}

const delivered = (hash: string, askedAt: number): Delivery => ({ page: PAGE, path: PAGE, hash, askedAt });

describe('a body is right', () => {
  test('when it is what the origin says now', () => {
    expect(changedOnce().judge(delivered('new', 5_000))).toBeUndefined();
  });

  test('when it was asked for before the change, or within the bound of its purge', () => {
    expect(changedOnce().judge(delivered('old', 50))).toBeUndefined();
    expect(changedOnce().judge(delivered('old', 110 + BOUND_MS - 1))).toBeUndefined();
  });

  test('when only other pages changed', () => {
    const truth = createTruth({ boundMs: BOUND_MS });
    truth.rendered({ page: PAGE, hash: 'old', tags: TAGS, startedAt: 0 });
    truth.changed({ tags: ['product-2'], doneAt: 100, purgedAt: 110 });
    expect(truth.judge(delivered('old', 9_000))).toBeUndefined();
  });

  test('when the origin said the same again after the change', () => {
    const truth = changedOnce();
    truth.rendered({ page: PAGE, hash: 'old', tags: TAGS, startedAt: 300 });
    expect(truth.judge(delivered('old', 9_000))).toBeUndefined();
  });
});

describe('a body is wrong', () => {
  test('when it was asked for later than the bound allows and shows what was before', () => {
    expect(changedOnce().judge(delivered('old', 110 + BOUND_MS))).toMatchObject({ kind: 'stale', lateMs: 0 });
    expect(changedOnce().judge(delivered('old', 2_000))).toMatchObject({ kind: 'stale', lateMs: 890 });
  });

  test('when the origin never said so, of this page or at all', () => {
    const truth = changedOnce();
    truth.rendered({ page: '/products/2', hash: 'other', tags: [], startedAt: 0 });
    expect(truth.judge(delivered('other', 50))).toMatchObject({ kind: 'foreign' });
    expect(truth.judge(delivered('torn', 50))).toMatchObject({ kind: 'foreign' });
  });

  test('when it misses the second of two changes', () => {
    const truth = changedOnce();
    truth.changed({ tags: ['product-1'], doneAt: 3_000, purgedAt: 3_010 });
    expect(truth.judge(delivered('new', 4_009))).toBeUndefined();
    expect(truth.judge(delivered('new', 4_010))).toMatchObject({ kind: 'stale' });
  });

  test('however late the purge was answered: the change counts from its answer', () => {
    const truth = createTruth({ boundMs: BOUND_MS });
    truth.rendered({ page: PAGE, hash: 'old', tags: TAGS, startedAt: 0 });
    truth.changed({ tags: ['products'], doneAt: 100, purgedAt: 6_000 });
    expect(truth.judge(delivered('old', 6_999))).toBeUndefined();
    expect(truth.judge(delivered('old', 7_001))).toMatchObject({ kind: 'stale', lateMs: 1 });
  });
});

test('the origin settles what looked stale: what it still says is right', async () => {
  const encoder = new TextEncoder();
  const asked: string[] = [];
  const render = async (page: string) => {
    asked.push(page);
    return encoder.encode(page);
  };
  const hashOf = async (text: string) =>
    Buffer.from(await crypto.subtle.digest('SHA-256', encoder.encode(text))).toString('base64');
  const suspect = async (page: string, body: string) =>
    ({ page, path: page, hash: await hashOf(body), askedAt: 0, kind: 'stale', lateMs: 1 }) as const;
  const suspects = [await suspect('/a', '/a'), await suspect('/a', 'older'), await suspect('/b', 'older')];
  expect(await settle(suspects, render)).toEqual(suspects.slice(1));
  expect(asked).toEqual(['/a', '/b']);
});
