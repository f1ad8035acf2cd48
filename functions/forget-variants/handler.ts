/**
 * The function forget-variants: what was made of a source goes when the source changes.
 *
 * Shape   SQS event of S3's events -> the messages that failed
 * Errors  without VARIANTS_BUCKET it does not start; without DISTRIBUTION_ID no CloudFront is told
 */
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createInvalidateTags } from '../adapters/cloudfront-tags.ts';
import { createDropVariants } from '../adapters/image-stores/drop-s3-variants.ts';
import { createForgetVariants } from './forget-variants.ts';
import { readChanges } from './read-changes.ts';

const { AWS_ENDPOINT_URL, VARIANTS_BUCKET: bucket, DISTRIBUTION_ID: distributionId } = process.env;
if (!bucket) throw new Error('VARIANTS_BUCKET is not set');

// An emulator's buckets are paths: names below its own would need a name server.
const s3 = new S3Client({ forcePathStyle: Boolean(AWS_ENDPOINT_URL) });
const forgetVariants = createForgetVariants({
  dropVariants: createDropVariants({ s3, bucket }),
  invalidate: distributionId
    ? createInvalidateTags({ cloudFront: new CloudFrontClient(), distributionId })
    : undefined,
  log: entry => console.info(entry),
});

export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const failed = await forgetVariants(readChanges(event));
  return { batchItemFailures: failed.map(itemIdentifier => ({ itemIdentifier })) };
}
