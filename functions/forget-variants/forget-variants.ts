/**
 * Forgets what was made of sources that have changed: first in the store, then in CloudFront, which would else read it there
 * again. A source that nothing was made of costs CloudFront nothing: most that are new.
 *
 * When one source fails its messages alone come again; when CloudFront does, those of all it was to be told of.
 *
 * Shape   changes -> the messages that are to come again
 * Errors  none thrown: what failed is logged, and tried again by the queue
 * Cost    a list and a delete a source; one invalidation a batch, a path of which is billed for each source with variants
 */
import { sourceTag } from '../../shared/images/resolve/variant.ts';
import type { Change } from './read-changes.ts';

export interface ForgetVariantsDeps {
  /** Deletes what was made of a source -> how many variants there were. */
  readonly dropVariants: (source: string) => Promise<number>;
  /** Undefined where no CloudFront is in front. */
  readonly invalidate: ((tags: readonly string[], reference: string) => Promise<void>) | undefined;
  readonly log: (entry: object) => void;
}

export type ForgetVariants = (changes: readonly Change[]) => Promise<readonly string[]>;

export function createForgetVariants({ dropVariants, invalidate, log }: ForgetVariantsDeps): ForgetVariants {
  async function drop(change: Change): Promise<'had variants' | 'had none' | 'failed'> {
    try {
      const dropped = await dropVariants(change.source);
      if (dropped > 0) log({ source: change.source, dropped });
      return dropped > 0 || change.again ? 'had variants' : 'had none';
    } catch (error) {
      log({ source: change.source, failed: String(error) });
      return 'failed';
    }
  }

  async function tellCloudFront(changes: readonly Change[]): Promise<readonly Change[]> {
    if (changes.length === 0 || !invalidate) return [];
    const tags = await Promise.all(changes.map(({ source }) => sourceTag(source)));
    // The same for the same messages: an answer that was lost does not make a second invalidation.
    const reference = changes.flatMap(({ messageIds }) => messageIds).join(' ');
    try {
      await invalidate(tags, reference);
      return [];
    } catch (error) {
      log({ tags, failed: String(error) });
      return changes;
    }
  }

  return async changes => {
    const outcomes = await Promise.all(changes.map(drop));
    const had = changes.filter((_, at) => outcomes[at] === 'had variants');
    const failed = [...changes.filter((_, at) => outcomes[at] === 'failed'), ...(await tellCloudFront(had))];
    return failed.flatMap(({ messageIds }) => messageIds);
  };
}
