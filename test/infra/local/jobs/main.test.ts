import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '../../../../infra/local/jobs/main.ts');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headrace-jobs-'));
});
afterAll(() => rm(folder, { recursive: true }));

function run(args: readonly string[], environment: Record<string, string> = {}) {
  const env = { PATH: process.env.PATH, HEADRACE_STATE_DIR: folder, ...environment };
  return new Promise<{ code: number; stdout: string; stderr: string }>(resolve => {
    execFile(process.execPath, [MAIN, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

it('tells how it is used, and leaves with a code for each kind of trouble', async () => {
  const [help, wrong, away] = await Promise.all([
    run(['--help']),
    run(['bake']),
    run(['queues'], { HEADRACE_URL: 'http://127.0.0.1:1', ADMIN_TOKEN: 't'.repeat(32) }),
  ]);
  expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining('enqueue <type> <payload>') });
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--help') });
  expect(away).toMatchObject({ code: 1, stderr: expect.stringContaining('EDGE_UNREACHABLE') });
});

it('finds the stack that runs here', async () => {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ queues: [], asked: [request.url, request.headers.authorization] }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const edge = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await writeFile(join(folder, 'stack.json'), JSON.stringify({ edge }));
  const { code, stdout } = await run(['queues', '--json'], { ADMIN_TOKEN: 't'.repeat(32) });
  server.close();
  expect([code, stdout]).toEqual([0, '[]\n']);
});
