import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalAws, startAws } from '../../../infra/local/aws/start.ts';
import { createSignedFetch } from '../../../shared/aws/signed-fetch.ts';

const credentials = { accessKeyId: 'edge-key', secretAccessKey: 'edge-secret' };
const now = Date.UTC(2026, 10, 20, 14, 0, 1, 500);

/** The AWS documentation's way of writing one request, kept by what was sent. */
function recordingFetch() {
  const sent: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    return new Response('{}');
  };
  return { fetch, sent };
}

describe('a signed fetch, judged by a gateway that checks signatures', () => {
  let aws: LocalAws;
  const ask = (options: object = {}, body = JSON.stringify({ QueueName: 'work' })) =>
    createSignedFetch({
      credentials,
      region: 'us-east-1',
      service: 'sqs',
      clock: Date.now,
      fetch: (url, init) => fetch(url, init),
      ...options,
    })(aws.endpoint, {
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.GetQueueUrl' },
      body,
    });

  beforeAll(async () => {
    const queues = { work: { visibilitySeconds: 30, maxReceives: 3 } };
    aws = await startAws({ topology: { buckets: {}, queues }, credentials });
  });
  afterAll(() => aws.stop());

  it('is let in, and gets what the SDK gets', async () => {
    const sdk = new SQSClient(aws);
    const { QueueUrl } = await sdk.send(new GetQueueUrlCommand({ QueueName: 'work' }));
    expect(await (await ask()).json()).toEqual({ QueueUrl });
    sdk.destroy();
  });

  it.each([
    ['another secret', { credentials: { ...credentials, secretAccessKey: 'other' } }],
    ['a clock that is an hour late', { clock: () => Date.now() - 3_600_000 }],
  ])('is turned away with %s', async (_name, options) => {
    expect((await ask(options)).status).toBe(403);
  });

  it('is let in with a body in any script', async () => {
    expect((await ask({}, JSON.stringify({ QueueName: 'wörk ü' }))).status).toBe(400);
  });
});

describe('what is sent', () => {
  it('carries the instant of the clock, the session token and no redirect', async () => {
    const { fetch, sent } = recordingFetch();
    const signed = createSignedFetch({
      credentials: { ...credentials, sessionToken: 'of-a-role' },
      region: 'eu-central-1',
      service: 'lambda',
      clock: () => now,
      fetch,
    });
    await signed('https://x.lambda-url.eu-central-1.on.aws/image?w=1');
    const headers = new Headers(sent[0]?.init.headers);
    expect(headers.get('x-amz-date')).toBe('20261120T140001Z');
    expect(headers.get('x-amz-security-token')).toBe('of-a-role');
    expect(headers.get('authorization')).toContain('edge-key/20261120/eu-central-1/lambda/aws4_request');
    expect(sent[0]?.init.redirect).toBe('manual');
  });

  it('is signed with another key on another day', async () => {
    const { fetch, sent } = recordingFetch();
    let at = now;
    const signed = createSignedFetch({ credentials, region: 'r', service: 's', clock: () => at, fetch });
    await signed('https://host/');
    at += 86_400_000;
    await signed('https://host/');
    const scopes = sent.map(({ init }) => new Headers(init.headers).get('authorization')?.slice(0, 60));
    expect(scopes[0]).toContain('/20261120/');
    expect(scopes[1]).toContain('/20261121/');
  });
});
