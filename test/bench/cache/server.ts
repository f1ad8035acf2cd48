/**
 * One redis-server for everybody: the peers speak TCP to it, ours REST through the gateway in front of it; in front of both a
 * proxy that can make every answer late or keep it.
 *
 * Errors  where Debian's redis-server is not on the machine: run through `node infra/local/debian/main.ts`
 */

import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { redisServerProgram } from '../../contracts/tier.ts';
import { type FaultProxy, startFaultProxy } from '../../fakes/fault-proxy.ts';

export interface Address {
  /** For the peers. */
  readonly port: number;
  /** For ours. */
  readonly url: string;
  readonly token: string;
}

export interface Counts {
  /** HTTP requests of ours; of no meaning for the peers. */
  readonly trips: number;
  /** What Redis ran, scripts' commands included: Upstash's bill, but for the EVALSHA itself, which is one of them. */
  readonly commands: number;
  /** Commands as they were sent: those that scripts ran are not among them. */
  readonly sent: number;
}

export interface BenchRedis {
  readonly near: Address;
  /** The same through proxies, which delay every answer, or keep it. */
  readonly far: Address;
  fail(fault: Parameters<FaultProxy['fail']>[0]): Promise<void>;
  counts(): Promise<Counts>;
  stop(): Promise<void>;
}

const TOKEN = 'bench';

export async function startBenchRedis(): Promise<BenchRedis> {
  const { port, stop: stopServer } = await startServer();
  const gateway = fork(join(import.meta.dirname, 'gateway-process.ts'), [`${port}`, TOKEN]);
  const [url] = (await once(gateway, 'message')) as [string];
  const proxies = [await startFaultProxy(`http://127.0.0.1:${port}`), await startFaultProxy(url)] as const;
  return {
    near: { port, url, token: TOKEN },
    far: { port: Number(new URL(proxies[0].url).port), url: proxies[1].url, token: TOKEN },
    async fail(fault) {
      for (const proxy of proxies) await proxy.fail(fault);
    },
    async counts() {
      gateway.send('counts');
      return (await once(gateway, 'message'))[0] as Counts;
    },
    async stop() {
      for (const proxy of proxies) await proxy.stop();
      gateway.disconnect();
      await stopServer();
    },
  };
}

async function startServer() {
  const program = redisServerProgram();
  if (!program) throw new Error('the bench needs redis-server: run it by `npm run bench:cache`');
  const port = await freePort();
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(program.path, settings, {
    env: program.environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  for await (const line of createInterface({ input: child.stdout })) {
    if (/ready to accept connections/i.test(line)) break;
  }
  child.stdout.resume();
  const stop = async () => {
    process.off('exit', endWithUs);
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { port, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
