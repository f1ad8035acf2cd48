import { expect, it, vi } from 'vitest';
import { createEdgePurge } from '../../../functions/drain-outbox/purge-at-edge.ts';
import { createClient } from '../../../shared/client/client.ts';
import { INLINE_BYTES } from '../../../shared/jobs/payload-store.ts';

const never = new AbortController().signal;

it('has the tags invalidated everywhere, by the same job for the same changes', async () => {
  const invalidate = vi.fn().mockResolvedValue({ id: '1' });
  const purge = createEdgePurge({ cache: { invalidate } });
  await purge(['a', 'b'], '1@5,2@6', never);
  await purge(['a', 'b'], '1@5,2@6', never);
  await purge(['a', 'b'], '1@9,2@9', never);
  const keys = invalidate.mock.calls.map(([, { idempotencyKey }]) => idempotencyKey);
  expect(invalidate.mock.calls[0]?.[0]).toEqual({ tags: ['a', 'b'] });
  expect(keys[0]).toMatch(/^outbox-[0-9a-f]{40}$/);
  expect([keys[1] === keys[0], keys[2] === keys[0]]).toEqual([true, false]);
});

it('has long tags invalidated in pieces that every job can carry, each a job of its own', async () => {
  const invalidate = vi.fn().mockResolvedValue({ id: '1' });
  const tags = Array.from({ length: 1_000 }, (_, at) => String(at).padStart(256, '"'));
  await createEdgePurge({ cache: { invalidate } })(tags, '1@5', never);
  const sent: { tags: string[] }[] = invalidate.mock.calls.map(([body]) => body);
  expect(sent.flatMap(body => body.tags)).toEqual(tags);
  for (const body of sent) expect(JSON.stringify(body).length).toBeLessThan(INLINE_BYTES - 1_024);
  const keys = invalidate.mock.calls.map(([, { idempotencyKey }]) => idempotencyKey);
  expect(new Set(keys).size).toBe(sent.length);
  expect(sent.length).toBeGreaterThan(1);
});

it('is refused where the edge refuses', async () => {
  const invalidate = vi.fn().mockRejectedValue(new Error('incomplete'));
  await expect(createEdgePurge({ cache: { invalidate } })(['a'], '1@5', never)).rejects.toThrow('incomplete');
});

it('is ended by whoever has no time left', async () => {
  const leaving = new AbortController();
  const fetch = (_: unknown, { signal }: RequestInit = {}) =>
    new Promise<Response>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      leaving.abort(new Error('no time left'));
    });
  const client = createClient({ url: 'https://edge.test', token: 't', fetch });
  await expect(createEdgePurge(client)(['a'], '1@5', leaving.signal)).rejects.toThrow('no time left');
});
