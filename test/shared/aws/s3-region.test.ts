import { expect, it } from 'vitest';
import { s3RegionOf } from '../../../shared/aws/s3-region.ts';

it.each([
  ['https://a.s3.eu-central-1.amazonaws.com/', 'eu-central-1'],
  ['https://a.b.s3.us-gov-west-1.amazonaws.com/site/', 'us-gov-west-1'],
  ['https://a.s3.cn-north-1.amazonaws.com.cn/', 'cn-north-1'],
  ['https://a.s3.amazonaws.com/', 'us-east-1'],
  ['http://127.0.0.1:9/assets/', 'us-east-1'],
  ['https://x.r2.cloudflarestorage.com/assets/', 'us-east-1'],
])('a bucket at %s is signed for %s', (url, region) => {
  expect(s3RegionOf(url, 'us-east-1')).toBe(region);
});
