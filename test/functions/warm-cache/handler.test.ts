import { createServer } from 'node:http';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { ScheduledEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LocalAws, localCredentials, startAws } from '../../../infra/local/aws/start.ts';
import { type LoopbackServer, serveLoopback } from '../../../infra/local/loopback.ts';

const context = { getRemainingTimeInMillis: () => 60_000 };
const scheduled = { 'detail-type': 'Scheduled Event' } as ScheduledEvent;

let aws: LocalAws;
let edge: LoopbackServer;
let asked: string[];

beforeEach(async () => {
  asked = [];
  aws = await startAws({
    topology: { buckets: { data: {} }, queues: {} },
    credentials: localCredentials({}),
  });
  edge = await serveLoopback(async ({ url }) => {
    asked.push(url);
    return { status: 200, headers: { 'cache-status': 'Headrace; hit' }, body: 'x' };
  });
  vi.stubEnv('DATA_BUCKET', 'data');
  vi.stubEnv('EDGE_URL', `${edge.origin}/`);
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  vi.stubEnv('AWS_REGION', aws.region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', aws.credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', aws.credentials.secretAccessKey);
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.resetModules();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await Promise.all([edge.close(), aws.stop()]);
});

/** The module reads its environment when it is loaded, as in Lambda. */
const load = () => import('../../../functions/warm-cache/handler.ts');

describe('the handler of warm-cache', () => {
  it('finds the bucket of an emulator that is known by name, as no name server knows its buckets', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint.replace('127.0.0.1', 'localhost'));
    const { handler } = await load();
    expect(await handler(scheduled, context)).toMatchObject({ requested: 0 });
  });

  it('warms the list of the bucket on schedule', async () => {
    const s3 = new S3Client(aws);
    await s3.send(new PutObjectCommand({ Bucket: 'data', Key: 'hot-urls.txt', Body: '/a\n/b' }));
    const { handler } = await load();
    expect(await handler(scheduled, context)).toMatchObject({ requested: 2, hits: 2 });
    expect(asked.toSorted()).toEqual(['/a', '/b']);
    expect(console.info).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ requested: 2, hits: 2 }));
    const [[line] = []] = vi.mocked(process.stdout.write).mock.calls;
    expect(JSON.parse(String(line))).toMatchObject({ _aws: {}, function: 'warm-cache', PathsHit: 2 });
  });

  it.each(['EDGE_URL', 'DATA_BUCKET'])('does not load without %s', async name => {
    vi.stubEnv(name, '');
    await expect(load()).rejects.toThrow(`${name} is not set`);
  });

  it('counts an edge that cannot be reached as failed', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise(resolve => closed.once('listening', resolve));
    const { port } = closed.address() as { port: number };
    await new Promise(resolve => closed.close(resolve));
    vi.stubEnv('EDGE_URL', `http://127.0.0.1:${port}`);
    const s3 = new S3Client(aws);
    await s3.send(new PutObjectCommand({ Bucket: 'data', Key: 'hot-urls.txt', Body: '/a' }));
    const { handler } = await load();
    expect(await handler(scheduled, context)).toMatchObject({ requested: 1, failed: 1 });
  });
});
