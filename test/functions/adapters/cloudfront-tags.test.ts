/** Against CloudFront's rules in the local stack, through the real SDK. */

import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createInvalidateTags } from '../../../functions/adapters/cloudfront-tags.ts';
import {
  LOCAL_DISTRIBUTION,
  type LocalAws,
  localCredentials,
  startAws,
} from '../../../infra/local/aws/start.ts';

let aws: LocalAws;
let cloudFront: CloudFrontClient;

beforeAll(async () => {
  aws = await startAws({
    topology: { buckets: {}, queues: {} },
    credentials: localCredentials({}),
    distributions: { [LOCAL_DISTRIBUTION]: { tags: true }, OLD: { tags: false } },
  });
  cloudFront = new CloudFrontClient({ ...aws, maxAttempts: 1 });
});
afterAll(async () => {
  cloudFront.destroy();
  await aws.stop();
});

it('names each tag, and in a second try with the same messages makes no second invalidation', async () => {
  const invalidate = createInvalidateTags({ cloudFront, distributionId: LOCAL_DISTRIBUTION });
  await invalidate(['src-1', 'src-2'], 'message-1');
  await invalidate(['src-1', 'src-2'], 'message-1');
  expect(aws.invalidations.list(LOCAL_DISTRIBUTION).map(({ items }) => items)).toEqual([
    ['#src-1', '#src-2'],
  ]);
});

it.each([
  ['a distribution that reads no tags', 'OLD'],
  ['one that is not there', 'NONE'],
])('fails at %s', async (_, distributionId) => {
  const invalidate = createInvalidateTags({ cloudFront, distributionId });
  await expect(invalidate(['src-1'], 'message')).rejects.toThrow();
});
