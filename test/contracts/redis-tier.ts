/**
 * The Redis of the current tier behind the REST gateway, with what a client would be billed for.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { serveLoopback } from '../../infra/local/loopback.ts';
import { createEngine } from '../../infra/local/redis/engine.ts';
import { createGateway } from '../../infra/local/redis/gateway.ts';
import { connectRedisServer } from '../../infra/local/redis/redis-server.ts';
import type { Executor } from '../../infra/local/redis/reply.ts';
import { type RedisServerProgram, redisServerProgram } from './tier.ts';

export interface RedisTier {
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
  /** Since the start. */
  counts(): Promise<RedisCounts>;
}

export interface RedisCounts {
  /** HTTP requests that carried commands: round trips. */
  readonly requests: number;
  readonly commands: number;
  /** Commands, and those that scripts ran: Upstash's bill. */
  readonly billed: number;
}

interface Running {
  readonly executor: Executor;
  stop(): Promise<void>;
}

export async function startRedisTier(): Promise<RedisTier> {
  const { executor, stop } = await startExecutor();
  const token = randomUUID();
  let [requests, commands] = [0, 0];
  const gateway = createGateway({
    executor,
    token,
    onRequest(info) {
      requests += 1;
      commands += info.commands;
    },
  });
  const server = await serveLoopback(gateway, { onError: () => {} });
  return {
    url: server.origin,
    token,
    async stop() {
      await server.close();
      await stop();
    },
    async counts() {
      return { requests, commands, billed: commands + (await executor.scriptedCommands()) };
    },
  };
}

async function startExecutor(): Promise<Running> {
  const program = redisServerProgram();
  if (program) return startRedisServer(program);
  return { executor: await createEngine({ clock: Date.now, random: Math.random }), stop: async () => {} };
}

/** On a socket file: no port to find, and nobody else can be talking to it. */
export async function startRedisServer({ path, environment }: RedisServerProgram): Promise<Running> {
  const dir = await mkdtemp(join(tmpdir(), 'headrace-test-'));
  const socket = join(dir, 'redis.sock');
  const settings = ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', dir];
  const child = spawn(path, settings, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  // A run that is cut short must not leave a server behind.
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  await Promise.race([untilReady(child.stdout), ended.then(([code]) => refuseStart(code))]);
  child.stdout.resume();
  const executor = await connectRedisServer({ path: socket });
  return {
    executor,
    async stop() {
      process.off('exit', endWithUs);
      executor.close();
      child.kill('SIGTERM');
      await ended;
      await rm(dir, { recursive: true });
    },
  };
}

async function untilReady(output: NodeJS.ReadableStream): Promise<void> {
  for await (const line of createInterface({ input: output })) {
    if (/ready to accept connections/i.test(line)) return;
  }
}

function refuseStart(code: unknown): never {
  throw new Error(`redis-server ended with code ${code} before it was ready`);
}
