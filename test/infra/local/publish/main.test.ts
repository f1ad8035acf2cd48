/** The command as a person runs it: in a process, against a bucket and an edge that answers. */

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoopbackServer, serveLoopback } from '../../../../infra/local/loopback.ts';
import { BUCKET, openStage, type Stage } from '../../../functions/publishing/stage.ts';
import { ROOT } from '../../../rules/modules.ts';

const TOKEN = 'publish-admin-token-0123456789abcdef';
let stage: Stage;
let edge: LoopbackServer;
let told: unknown[];

beforeAll(async () => {
  stage = await openStage();
  edge = await serveLoopback(async ({ url, headers, body }) => {
    if (url !== '/api/admin/cache/invalidate' || headers.authorization?.[0] !== `Bearer ${TOKEN}`)
      return { status: 404 };
    told.push(JSON.parse(Buffer.from(body).toString()));
    return { status: 202, headers: { 'content-type': 'application/json' }, body: '{}' };
  });
});
afterAll(async () => {
  await edge.close();
  await stage.stop();
});

function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  told = [];
  const { accessKeyId, secretAccessKey } = stage.aws.credentials;
  const env = {
    PATH: process.env.PATH,
    HEADRACE_STATE_DIR: '/nonexistent',
    ASSETS_BUCKET: BUCKET,
    AWS_ENDPOINT_URL: stage.aws.endpoint,
    AWS_REGION: stage.aws.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    HEADRACE_URL: edge.origin,
    ADMIN_TOKEN: TOKEN,
    ...environment,
  };
  const main = join(ROOT, 'infra', 'local', 'publish', 'main.ts');
  return spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(args: readonly string[], environment?: Readonly<Record<string, string>>) {
  const child = start(args, environment);
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve));
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, out, err };
}

describe('npm run publish', () => {
  it('sends a folder, shows how far it is, tells the edge, and has nothing to do the second time', async () => {
    const folder = await stage.folder({ 'index.html': '<p>', 'app.3f2a9c1d.js': 'x()' });
    const first = await run([folder, '--prefix', 'one', '--url', 'https://www.example.com/']);
    expect(first).toMatchObject({ code: 0, out: 'assets: 2 files sent, 0 unchanged, caches told of 1.\n' });
    expect(first.err).toContain('100 %  2 of 2 files');
    expect(told).toEqual([{ urls: ['https://www.example.com/index.html', 'https://www.example.com/'] }]);
    const second = await run([folder, '--prefix', 'one', '--json']);
    expect(JSON.parse(second.out)).toMatchObject({ planned: [], sent: [], unchanged: expect.any(Array) });
    expect(told).toEqual([]);
  });

  it('says what it would do', async () => {
    const folder = await stage.folder({ 'a.txt': 'abc', '.env': 'x' });
    const { code, out } = await run([folder, '--prefix', 'two', '--dry-run']);
    expect([code, out]).toEqual([
      0,
      'send      a.txt  3 B\ntell      a.txt\nWould send 1 file, 3 B, to assets; 0 unchanged.\n',
    ]);
    expect(await stage.wordsOf('two/a.txt')).toBeUndefined();
  });

  it('is interrupted, says so, and goes on with the large file where it was', async () => {
    const film = randomBytes(11 * 1024 * 1024);
    const folder = await stage.folder({ 'film.bin': film, 'index.html': '<p>' });
    const holding = await holdSecondPart();
    const child = start([folder, '--prefix', 'three', '--no-invalidate'], { AWS_ENDPOINT_URL: holding.url });
    const ended = new Promise<number | null>(resolve => child.once('exit', resolve));
    const said = text(child.stderr);
    await holding.reached;
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(await said).toContain('Interrupted: run the same command again to go on.');
    expect(await stage.wordsOf('three/index.html')).toBeUndefined();
    await holding.stop();
    const again = await run([folder, '--prefix', 'three', '--no-invalidate']);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('no cache told') });
    const stored = await stage.store.read('three/film.bin', film.byteLength);
    expect(Buffer.compare(Buffer.from(stored?.bytes ?? []), film)).toBe(0);
  });

  it('fails with what to do where the bucket refuses, and tells no secret', async () => {
    const folder = await stage.folder({ 'a.txt': 'abc' });
    const { code, err } = await run([folder], { AWS_SECRET_ACCESS_KEY: 'a-wrong-secret' });
    expect(code).toBe(1);
    expect(err).toMatch(/the store refuses: look at the credentials/);
    expect(err).not.toContain('a-wrong-secret');
  });

  it('fails where the edge cannot be told, and tells it the next time', async () => {
    const folder = await stage.folder({ 'a.txt': 'abc' });
    const deaf = await run([folder, '--prefix', 'four'], { ADMIN_TOKEN: `${TOKEN}-wrong` });
    expect(deaf.code).toBe(1);
    expect(deaf.err).toContain('Run the same command again to go on.');
    expect((await run([folder, '--prefix', 'four'])).code).toBe(0);
    expect(told).toEqual([{ urls: [`${edge.origin}/four/a.txt`] }]);
  });

  it.each([
    [['--help'], {}, 0, /npm run publish -- <folder>/],
    [['a'], { ASSETS_BUCKET: '', AWS_ENDPOINT_URL: '' }, 2, /Name the bucket/],
  ] as const)('%j ends with a sentence', async (args, environment, code, words) => {
    const ended = await run(args, environment);
    expect([ended.code, ended.out + ended.err]).toEqual([code, expect.stringMatching(words)]);
  });
});

/** On the way to the bucket: the second part of a file gets no answer. */
async function holdSecondPart() {
  let reach = () => {};
  const reached = new Promise<void>(resolve => {
    reach = resolve;
  });
  const target = new URL(stage.aws.endpoint);
  const server = createServer((asked, answer) => {
    if (asked.url?.includes('partNumber=2')) return reach();
    const { method, url: path, headers } = asked;
    const onward = request({ host: target.hostname, port: target.port, method, path, headers }, reply => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    // Who was interrupted leaves without a word.
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.closeAllConnections();
    return new Promise(resolve => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, reached, stop };
}
