import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createForgetVariants } from '../../../functions/forget-variants/forget-variants.ts';
import type { Change } from '../../../functions/forget-variants/read-changes.ts';

const tagOf = (source: string) => `src-${createHash('sha256').update(source).digest('hex').slice(0, 40)}`;
const change = (source: string, again = false): Change => ({ source, messageIds: [`${source}-1`], again });

function open(variants: Record<string, number>, { cloudFrontFails = false } = {}) {
  const order: string[] = [];
  const told: { tags: readonly string[]; reference: string }[] = [];
  const forget = createForgetVariants({
    async dropVariants(source) {
      order.push(`drop ${source}`);
      const found = variants[source];
      if (found === undefined) throw new Error('S3 is away');
      return found;
    },
    async invalidate(tags, reference) {
      order.push('invalidate');
      if (cloudFrontFails) throw new Error('TooManyInvalidationsInProgress');
      told.push({ tags, reference });
    },
    log: () => {},
  });
  return { forget, told, order };
}

describe('a source that has changed', () => {
  it('loses its variants first in the store, then in CloudFront', async () => {
    const { forget, told, order } = open({ 'a.jpg': 3, 'b.jpg': 1 });
    expect(await forget([change('a.jpg'), change('b.jpg')])).toEqual([]);
    expect(order).toEqual(['drop a.jpg', 'drop b.jpg', 'invalidate']);
    expect(told).toEqual([{ tags: [tagOf('a.jpg'), tagOf('b.jpg')], reference: 'a.jpg-1 b.jpg-1' }]);
  });

  it('costs nothing there when nothing was made of it', async () => {
    const { forget, order } = open({ 'new.jpg': 0 });
    expect(await forget([change('new.jpg')])).toEqual([]);
    expect(order).toEqual(['drop new.jpg']);
  });
});

describe('what fails', () => {
  it('comes again by itself when it is one source', async () => {
    const { forget, told } = open({ 'a.jpg': 3 });
    expect(await forget([change('a.jpg'), change('gone.jpg')])).toEqual(['gone.jpg-1']);
    expect(told[0]?.tags).toEqual([tagOf('a.jpg')]);
  });

  it('is told again to CloudFront, though by then the store is empty', async () => {
    const failing = open({ 'a.jpg': 3 }, { cloudFrontFails: true });
    expect(await failing.forget([change('a.jpg')])).toEqual(['a.jpg-1']);
    const { forget, told } = open({ 'a.jpg': 0 });
    expect(await forget([change('a.jpg', true)])).toEqual([]);
    expect(told).toHaveLength(1);
  });
});

it('only empties the store where there is no CloudFront', async () => {
  const forget = createForgetVariants({ dropVariants: async () => 2, invalidate: undefined, log: () => {} });
  expect(await forget([change('a.jpg')])).toEqual([]);
});
