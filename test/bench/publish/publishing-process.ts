/**
 * Publishes one folder, and tells how long it took and what memory it had: before it began, with everything imported, and at
 * most, as the kernel counted it.
 *
 * Shape   folder, endpoint -> one line of JSON
 * Units   bytes, ms
 */

import { readFileSync } from 'node:fs';
import { createPublisher, openS3Assets } from '../../../functions/publishing.ts';
import { localCredentials } from '../../../infra/local/aws/start.ts';
import { parsePublish } from '../../../infra/local/publish/command.ts';
import { runPublish } from '../../../infra/local/publish/run-publish.ts';
import { createTellCaches } from '../../../infra/local/publish/tell-caches.ts';

const [folder = '', endpoint = ''] = process.argv.slice(2);
// What the command itself holds as well: idle means idle with all of it.
const command = [parsePublish, runPublish, createTellCaches].length;
const credentials = localCredentials({});
const store = openS3Assets({ bucket: 'assets', region: 'us-east-1', endpoint, credentials });
const idleBytes = statusOf('VmRSS');
const startedAt = performance.now();
const outcome = await createPublisher({ store }).publishFolder(folder);
const ms = Math.round(performance.now() - startedAt);
const { user, system } = process.cpuUsage();
const figures = {
  ms,
  cpuMs: Math.round((user + system) / 1_000),
  files: outcome.sent.length,
  idleBytes,
  peakBytes: statusOf('VmHWM'),
  command,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);

function statusOf(name: string): number {
  const line = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(line?.[1]) * 1_024;
}
