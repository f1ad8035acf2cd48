/**
 * The function warm-cache: keeps hot URLs in the edge's cache.
 *
 * Shape   EventBridge's scheduled event -> summary
 * Errors  without EDGE_URL and DATA_BUCKET it does not start
 */

import { S3Client } from '@aws-sdk/client-s3';
import type { Context, ScheduledEvent } from 'aws-lambda';
import { formatEmf } from '../../shared/monitoring/emf.ts';
import { systemClock } from '../../shared/primitives/clock.ts';
import type { WarmSummary } from '../../shared/warm/outcome.ts';
import { createWarmer } from '../../shared/warm/warm.ts';
import { requiredSetting } from '../adapters/required-setting.ts';
import { readHotList } from './hot-list.ts';
import { createWarmCache } from './warm-cache.ts';
import { warmMetrics } from './warm-metrics.ts';

// An emulator's buckets are paths: names below its own would need a name server.
const s3 = new S3Client({ forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL) });
const bucket = requiredSetting(process.env, 'DATA_BUCKET');
const edgeUrl = new URL(requiredSetting(process.env, 'EDGE_URL')).origin;
const warmCache = createWarmCache({
  readHotList: () => readHotList({ s3, bucket }),
  warmer: createWarmer({ fetch, clock: systemClock }, { edgeUrl }),
  clock: systemClock,
  log: entry => console.info(entry),
});

export async function handler(
  _event: ScheduledEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<WarmSummary> {
  const summary = await warmCache.runList(context.getRemainingTimeInMillis());
  // Not through the console, which Lambda wraps: CloudWatch reads metrics off a line that is theirs alone.
  process.stdout.write(`${formatEmf(warmMetrics(summary, systemClock()))}\n`);
  return summary;
}
