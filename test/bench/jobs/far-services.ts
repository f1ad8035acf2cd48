/**
 * A local AWS, and a Redis that runs elsewhere, so many milliseconds away, behind a process of its own: what measures beside
 * them is not measured with them.
 *
 * Shape   node far-services.ts <ms> <Redis over HTTP> -> one line of JSON with both addresses, until the parent ends it
 */

import { type LocalAws, localCredentials, startAws } from '../../../infra/local/aws/start.ts';
import { startFaultProxy } from '../../fakes/fault-proxy.ts';

export interface FarServices {
  readonly aws: Pick<LocalAws, 'endpoint' | 'region' | 'credentials'>;
  readonly redisUrl: string;
}

const [ms, redisUrl = ''] = process.argv.slice(2);
const lane = { visibilitySeconds: 300, maxReceives: 5 };
const topology = { buckets: {}, queues: { reports: lane, 'reports-high': lane } };
const aws = await startAws({ topology, credentials: localCredentials({}) });
const proxies = [await startFaultProxy(aws.endpoint), await startFaultProxy(redisUrl)] as const;
for (const proxy of proxies) await proxy.fail({ kind: 'delay', ms: Number(ms) });
const { region, credentials } = aws;
const services: FarServices = {
  aws: { endpoint: proxies[0].url, region, credentials },
  redisUrl: proxies[1].url,
};
process.stdout.write(`${JSON.stringify(services)}\n`);
process.stdin.resume().once('end', async () => {
  for (const proxy of proxies) await proxy.stop();
  await aws.stop();
  process.exit(0);
});
