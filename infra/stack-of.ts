/**
 * In which stack a part of the topology is drawn: what changes together stands together, and what may be left out stands alone.
 *
 * Shape   function, bucket -> the stack's name
 * Errors  none (total)
 */

import type { BucketName, FunctionSpec, FunctionStack } from './specs.ts';

export type StackName = FunctionStack | 'delivery';

/** In the order in which they are deployed. */
export const STACKS = [
  'images',
  'delivery',
  'jobs',
  'analysis',
  'monitoring',
] as const satisfies readonly StackName[];

export function stackOfFunction({ stack, url }: FunctionSpec): FunctionStack {
  return stack ?? (url ? 'images' : 'jobs');
}

const STACK_OF_BUCKET = {
  data: 'jobs',
  images: 'images',
  variants: 'images',
  assets: 'delivery',
} as const satisfies Readonly<Record<BucketName, StackName>>;

export function stackOfBucket(bucket: BucketName): StackName {
  return STACK_OF_BUCKET[bucket];
}
