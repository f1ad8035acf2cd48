/**
 * Tells a distribution by tag what it may no longer serve.
 *
 * Units   at most 3,000 tags, far more than a batch of messages names
 * Errors  the SDK's: TooManyInvalidationsInProgress among them, which passes
 * Cost    one CreateInvalidation; each tag counts as one path
 * Source  CloudFront Developer Guide, "Invalidating content by cache tags"; CallerReference: the same with the same paths is
 *         the invalidation that was made before
 */
import { type CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import { hashText } from '../../shared/primitives/hash.ts';

export interface InvalidateTagsDeps {
  readonly cloudFront: CloudFrontClient;
  readonly distributionId: string;
}

export function createInvalidateTags({ cloudFront, distributionId: DistributionId }: InvalidateTagsDeps) {
  return async (tags: readonly string[], reference: string): Promise<void> => {
    const Items = tags.map(tag => `#${tag}`);
    const CallerReference = await hashText([reference, ...tags].join(' '));
    const InvalidationBatch = { CallerReference, Paths: { Quantity: Items.length, Items } };
    await cloudFront.send(new CreateInvalidationCommand({ DistributionId, InvalidationBatch }));
  };
}
