/** The bench in small: that it measures, and that memory does not grow with what is published. */

import { expect, it } from 'vitest';
import { measurePublish } from './measure.ts';

const MB = 1_000_000;

it('publishes a site whole, within 64 MB above an idle process', async () => {
  const { bytes, files, wrong, idleBytes, peakBytes } = await measurePublish(0.15);
  expect([bytes > 15 * MB, files > 75, wrong]).toEqual([true, true, []]);
  expect(peakBytes - idleBytes).toBeLessThan(64 * MB);
});
