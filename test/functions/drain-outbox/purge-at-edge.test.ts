import { expect, it, vi } from 'vitest';
import { createEdgePurge } from '../../../functions/drain-outbox/purge-at-edge.ts';

it('has the tags invalidated everywhere, by the same job for the same changes', async () => {
  const invalidate = vi.fn().mockResolvedValue({ id: '1' });
  const purge = createEdgePurge({ cache: { invalidate } });
  await purge(['a', 'b'], '1@5,2@6');
  await purge(['a', 'b'], '1@5,2@6');
  await purge(['a', 'b'], '1@9,2@9');
  const keys = invalidate.mock.calls.map(([, { idempotencyKey }]) => idempotencyKey);
  expect(invalidate.mock.calls[0]?.[0]).toEqual({ tags: ['a', 'b'] });
  expect(keys[0]).toMatch(/^outbox-[0-9a-f]{40}$/);
  expect([keys[1] === keys[0], keys[2] === keys[0]]).toEqual([true, false]);
});

it('is refused where the edge refuses', async () => {
  const invalidate = vi.fn().mockRejectedValue(new Error('incomplete'));
  await expect(createEdgePurge({ cache: { invalidate } })(['a'], '1@5')).rejects.toThrow('incomplete');
});
