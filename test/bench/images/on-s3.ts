/**
 * The whole function on S3, beside the bare SDK: get, transform, answer, put. The S3 is the local stack's, in this process, so
 * its work counts for neither.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startAws } from '../../../infra/local/aws/start.ts';
import { OUT_FILE } from '../../../infra/local/images/bundled.ts';
import { compareByTurns } from './by-turns.ts';
import { startContender } from './contender.ts';
import { type Run, verdict } from './run.ts';
import { barePath, headracePath, qualityOf, SCENARIOS } from './scenarios.ts';

const [SOURCES, VARIANTS] = ['bench-sources', 'bench-variants'];
const here = (file: string) => new URL(file, import.meta.url).pathname;
const [SCENARIO] = SCENARIOS;

export async function compareOnS3({ folder, rounds, progress, print }: Run): Promise<void> {
  if (!SCENARIO) throw new Error('there is no scenario');
  progress('on S3');
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const aws = await startAws({ topology: { buckets: {}, queues: {} }, credentials });
  await fill(aws.endpoint, aws.region, folder);
  const environment = {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: aws.region,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    IMAGES_BUCKET: SOURCES,
    VARIANTS_BUCKET: VARIANTS,
    IMAGE_SETTINGS: JSON.stringify({ ladder: null }),
  };
  const headrace = await startContender('Headrace', [here('./s3-process.ts'), OUT_FILE], environment);
  const bare = await startContender('bare SDK', [here('./bare-process.ts'), 's3', SOURCES], environment);
  try {
    const quality = qualityOf(SCENARIO);
    const ask = (number: number) =>
      headrace.get(headracePath(SCENARIO, SCENARIO.width + number, quality), LOOKED);
    const askBare = (number: number) => bare.get(barePath(SCENARIO, SCENARIO.width + number, quality));
    const turns = { rounds, requests: SCENARIO.requests };
    const { ratio, ms } = await compareByTurns(
      { contender: headrace, ask },
      { contender: bare, ask: askBare },
      turns,
    );
    const figures = ms.map(value => value.toFixed(1)).join(' / ');
    print(
      `\nthe whole function and bare SDK + sharp: ${figures} ms   ${ratio.toFixed(3)}, ${verdict(ratio, 1.05)}`,
    );
  } finally {
    await Promise.all([headrace.stop(), bare.stop()]);
    await aws.stop();
  }
}

/** The caller has looked for the variant, as CloudFront's origin group does: the bare one does not look either. */
const LOOKED = { 'x-headrace-variant': 'missing' };

async function fill(endpoint: string, region: string, folder: string): Promise<void> {
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  for (const Bucket of [SOURCES, VARIANTS]) await s3.send(new CreateBucketCommand({ Bucket }));
  const Body = await readFile(join(folder, 'boats.jpg'));
  await s3.send(new PutObjectCommand({ Bucket: SOURCES, Key: 'boats.jpg', Body }));
  s3.destroy();
}
