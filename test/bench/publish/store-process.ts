/**
 * The local S3 in a process of its own, so that what it keeps in memory is not the publisher's.
 *
 * Shape   -> one line with its endpoint; ends with its input
 */

import { localCredentials, startAws } from '../../../infra/local/aws/start.ts';

const aws = await startAws({
  topology: { buckets: { assets: {} }, queues: {} },
  credentials: localCredentials({}),
});
process.stdout.write(`${aws.endpoint}\n`);
process.stdin.on('end', () => aws.stop().then(() => process.exit(0))).resume();
