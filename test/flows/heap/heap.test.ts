import { expect, test } from 'vitest';
import { fill } from './fill.ts';

const MiB = 1024 * 1024;
const MAX_BYTES = 2 * MiB;
/** The Worker itself, its code, and all that it remembers besides values: which URLs vary, which were not kept. */
const OWN_BYTES = 3 * MiB;

// A hundred thousand are `npm run bench:heap`.
test('10,000 URLs take the memory that is configured and no more', async () => {
  const last = (await fill({ maxBytes: MAX_BYTES, urls: 10_000 })).at(-1);
  expect(last?.heldBytes).toBeLessThanOrEqual(MAX_BYTES);
  expect(last?.heldBytes).toBeGreaterThan(0.95 * MAX_BYTES);
  expect(last?.liveBytes).toBeLessThan(MAX_BYTES + OWN_BYTES);
});
