import { S3Client } from '@aws-sdk/client-s3';
import { createSignedPayloads } from '../../edge/adapters/s3-payloads.ts';
import { createS3Payloads } from '../../functions/adapters/jobs/s3-payloads.ts';
import { localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { createSignedFetch } from '../../shared/aws/signed-fetch.ts';
import type { PayloadStore } from '../../shared/jobs/payload-store.ts';
import { startFaultProxy } from '../fakes/fault-proxy.ts';
import { type PayloadHome, payloadStoreContract } from './payload-store.ts';

const credentials = localCredentials({});
const region = 'us-east-1';

payloadStoreContract('payloads in S3, from the edge', () =>
  startHome(endpoint => {
    const fetchSigned = createSignedFetch({
      credentials,
      region,
      service: 's3',
      clock: Date.now,
      fetch: (url, init) => fetch(url, init),
    });
    return createSignedPayloads(fetchSigned, { url: `${endpoint}/data/` });
  }),
);

payloadStoreContract('payloads in S3, by the SDK', () =>
  startHome(endpoint => {
    const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 2 });
    return createS3Payloads({ s3, bucket: 'data' });
  }),
);

async function startHome(connect: (endpoint: string) => PayloadStore): Promise<PayloadHome> {
  const aws = await startAws({ topology: { buckets: { data: {} }, queues: {} }, credentials });
  const way = await startFaultProxy(aws.endpoint);
  return {
    payloads: connect(way.url),
    way,
    async stop() {
      await way.stop();
      await aws.stop();
    },
  };
}
