/**
 * CloudFront behind a real socket and the gateway that checks signatures, with any clock for what is in progress.
 */

import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { createCloudFrontAnswer } from '../../../infra/local/aws/cloudfront/answer.ts';
import { createInvalidations } from '../../../infra/local/aws/cloudfront/invalidations.ts';
import { createGateway } from '../../../infra/local/aws/gateway.ts';
import { serveLoopback } from '../../../infra/local/loopback.ts';

export const DISTRIBUTION = 'E1CONTRACT';

export async function startCloudFrontFake({
  clock,
  takesMs = 5_000,
}: {
  clock: () => number;
  takesMs?: number;
}) {
  const distributions = { [DISTRIBUTION]: { tags: true }, E2WITHOUTTAGS: { tags: false } };
  const invalidations = createInvalidations({ distributions, clock, takesMs });
  const answer = createCloudFrontAnswer(invalidations);
  let [requests, beyond, lost] = [0, 0, 0];
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const counted: typeof answer = async request => {
    if (request.method === 'POST') requests += 1;
    const reply = await answer(request);
    if (String(reply.body).includes('TooManyInvalidationsInProgress')) beyond += 1;
    if (request.method !== 'POST' || lost === 0) return reply;
    lost -= 1;
    return { status: 503, body: '' };
  };
  const gateway = createGateway({
    credentials,
    services: new Map([['cloudfront', counted]]),
    clock: Date.now,
  });
  const server = await serveLoopback(gateway);
  const clients: CloudFrontClient[] = [];
  return {
    url: server.origin,
    invalidations,
    client(given: Partial<{ endpoint: string; secretAccessKey: string }> = {}): CloudFrontClient {
      const client = new CloudFrontClient({
        endpoint: given.endpoint ?? server.origin,
        region: 'us-east-1',
        credentials: { ...credentials, secretAccessKey: given.secretAccessKey ?? 'test' },
        maxAttempts: 1,
      });
      clients.push(client);
      return client;
    },
    /** What would stand on the bill. */
    taken: () => invalidations.list(DISTRIBUTION).flatMap(({ items }) => items),
    requests: () => requests,
    beyond: () => beyond,
    /** The next so many answers do not arrive, and what was asked for is done. */
    loseAnswers(count: number) {
      lost = count;
    },
    async stop() {
      for (const client of clients) client.destroy();
      await server.close();
    },
  };
}
