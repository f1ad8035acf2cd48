import { expect, it, vi } from 'vitest';
import { createEdgePurge } from '../../../functions/drain-outbox/purge-at-edge.ts';

it('purges the tags at the edge, and is refused where the edge refuses', async () => {
  const purge = vi.fn().mockResolvedValueOnce({ id: '1' }).mockRejectedValueOnce(new Error('incomplete'));
  const purgeAtEdge = createEdgePurge({ cache: { purge } }, { tellsCdns: false });
  await purgeAtEdge(['a', 'b']);
  expect(purge).toHaveBeenCalledWith({ tags: ['a', 'b'] });
  await expect(purgeAtEdge(['a'])).rejects.toThrow('incomplete');
});
