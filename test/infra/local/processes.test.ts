import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { identityOf } from '../../../infra/local/processes.ts';
import { eventually } from '../../eventually.ts';

test('a process is itself for as long as it lives, and nobody when it is gone', async () => {
  const child = spawn('sleep', ['60']);
  await once(child, 'spawn');
  const pid = child.pid as number;
  const identity = identityOf(pid);
  expect(identity).toMatch(/^[0-9a-f-]{36}\/\d+$/);
  expect(identityOf(pid)).toBe(identity);
  expect(identityOf(process.pid)).not.toBe(identity);
  child.kill('SIGKILL');
  await eventually(() => expect(identityOf(pid)).toBeUndefined());
});

/** Many threads, each with memory to give back, and a port. */
const HOLDER = `
const { Worker } = require('node:worker_threads');
for (let n = 0; n < 3; n++) new Worker('new Uint8Array(3e7).fill(1); setInterval(() => {}, 1e6)', { eval: true });
require('node:net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

test('who is gone holds no port any more, however many threads it had', async () => {
  for (const _ of [1, 2, 3]) {
    const holder = spawn(process.execPath, ['-e', HOLDER], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [port] = await once(createInterface(holder.stdout), 'line');
    holder.kill('SIGKILL');
    while (identityOf(holder.pid as number) !== undefined);
    const next = createServer().listen(Number(port), '127.0.0.1');
    await once(next, 'listening');
    next.close();
  }
});
