import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { qualityFor } from '../../../../shared/images/resolve/quality.ts';

const quality = fc.integer({ min: 1, max: 100 });

it.each(['avif', 'webp', 'jpeg'] as const)('better stays better, and within the scale: %s', format => {
  fc.assert(
    fc.property(quality, quality, (one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      expect(qualityFor(format, low)).toBeLessThanOrEqual(qualityFor(format, high));
      expect(qualityFor(format, low)).toBeGreaterThanOrEqual(1);
      expect(qualityFor(format, high)).toBeLessThanOrEqual(100);
    }),
  );
});
