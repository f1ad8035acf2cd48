import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bundleEdge } from '../../../../infra/local/edge/bundle.ts';
import { type Edge, type EdgeOptions, startEdge } from '../../../../infra/local/edge/start.ts';

const entry = join(import.meta.dirname, 'echo-worker.ts');
let stateDir: string;
let worker: string;
let origin: Server;
const started: Edge[] = [];

beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-edge-'));
  worker = await bundleEdge({ stateDir, entry });
  origin = createServer((request, response) => response.end(request.headers.host)).listen(0, '127.0.0.1');
  await once(origin, 'listening');
});

afterEach(async () => {
  for (const edge of started.splice(0)) await edge.stop();
});

afterAll(async () => {
  origin.close();
  await rm(stateDir, { recursive: true });
});

const originAddress = () => `127.0.0.1:${(origin.address() as AddressInfo).port}`;

async function start(options: Partial<EdgeOptions> = {}): Promise<Edge> {
  const edge = await startEdge({ worker, port: 0, host: '127.0.0.1', variables: {}, ...options });
  started.push(edge);
  return edge;
}

test('answers at the address it names, in a process whose id is workerd’s own', async () => {
  const edge = await start();
  expect(await (await fetch(edge.url)).text()).toBe('echo');
  expect(await readFile(`/proc/${edge.pid}/comm`, 'utf8')).toBe('workerd\n');
});

test('hands every text through as it is, also one that would end its quotes', async () => {
  const variables = { TOKEN: `a"b\\"),] \n\t'$\{x}' é \u2028 🚿`, EMPTY: '' };
  const edge = await start({ variables });
  expect(await (await fetch(`${edge.url}/bindings`)).json()).toEqual(variables);
});

test('gives the Worker nothing of the environment it was not given', async () => {
  const edge = await start({ variables: { ONLY: 'this' } });
  expect(await (await fetch(`${edge.url}/bindings`)).json()).toEqual({ ONLY: 'this' });
});

test('reaches origins on this machine under their own Host', async () => {
  const edge = await start();
  const answer = await fetch(`${edge.url}/fetch?from=http://${originAddress()}/`);
  expect(await answer.text()).toBe(originAddress());
});

test('asks an upstream with the Host the client named', async () => {
  const edge = await start({ upstreams: { shop: new URL(`http://${originAddress()}`) } });
  const answer = await fetch(`${edge.url}/shop`);
  expect(await answer.text()).toBe(new URL(edge.url).host);
});

test('listens on an IPv6 address', async () => {
  const edge = await start({ host: '::1' });
  expect(edge.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect(await (await fetch(edge.url)).text()).toBe('echo');
});

test('says that the port is taken, with exit code 3', async () => {
  const { port } = origin.address() as AddressInfo;
  await expect(start({ port })).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining(`Port ${port}`),
  });
});

test('says in one line why a Worker did not start', async () => {
  const broken = join(stateDir, 'broken.js');
  await writeFile(broken, 'throw new Error("no database today")');
  await expect(start({ worker: broken })).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringMatching(/^The edge did not start \(.*no database today.*$/),
  });
});

test('stops within its grace although a response is still streaming, and frees the port', async () => {
  const edge = await start({ graceMs: 100 });
  const reader = (await fetch(`${edge.url}/endless`)).body?.getReader();
  await reader?.read();
  await edge.stop();
  await edge.stop();
  await expect(fetch(edge.url)).rejects.toThrow();
  expect(() => process.kill(edge.pid as number, 0)).toThrow();
});

test('tells that it ended although nobody stopped it', async () => {
  const edge = await start();
  process.kill(edge.pid as number, 'SIGKILL');
  expect(await edge.ended).toBe('ended by SIGKILL');
});

test('leaves no configuration file behind', async () => {
  await start();
  expect(await readdir(join(stateDir, 'edge'))).toEqual(['worker.js']);
});
