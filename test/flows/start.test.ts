import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { requestOf } from './curl.ts';
import { isRunning, type Launched, launch, makeStateDir, READY, removeStateDir } from './launched.ts';

interface StackFile {
  readonly edge: string;
  readonly origin: string;
  readonly redis: { readonly url: string; readonly token: string };
  readonly database: string;
  readonly aws: { readonly endpoint: string };
  readonly pids: Readonly<Record<string, number | null>>;
}

let stateDir: string;
const running: Launched[] = [];

beforeAll(async () => {
  stateDir = await makeStateDir();
});

afterAll(async () => {
  for (const launched of running) launched.process.kill('SIGTERM');
  await Promise.all(running.map(({ exit }) => exit));
  await removeStateDir(stateDir);
});

/** For what is not about the demo: one process less to start, and nobody waits for its database. */
const elsewhere = { ORIGIN_URL: 'http://127.0.0.1:9' };

function start(environment: Readonly<Record<string, string>> = {}): Launched {
  const launched = launch('start', { stateDir, environment });
  running.push(launched);
  return launched;
}

async function readStack(): Promise<StackFile> {
  return JSON.parse(await readFile(join(stateDir, 'stack.json'), 'utf8'));
}

const pidsOf = ({ pids }: StackFile) => Object.values(pids).filter(pid => pid !== null);

describe('a running stack', () => {
  let launched: Launched;
  let edge: string;

  beforeAll(async () => {
    launched = start();
    edge = await launched.prints(READY);
  });

  afterAll(async () => {
    launched.process.kill('SIGTERM');
    await launched.exit;
  });

  test('answers at the address of its last line', async () => {
    expect(launched.output().trimEnd().split('\n').at(-1)).toBe(`ready ${edge}`);
    expect(launched.complaints()).toBe('');
    expect((await fetch(edge)).status).toBe(200);
  });

  test('is healthy, its origin and its Redis included', async () => {
    const health = await fetch(`${edge}/api/performance/health`);
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({ status: 'healthy' });
  });

  test('writes stack.json with exactly what is promised, for its owner only', async () => {
    const stack = await readStack();
    expect(stack).toEqual({
      edge,
      origin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      redis: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), token: expect.any(String) },
      database: expect.stringMatching(/^postgres:\/\//),
      aws: { endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) },
      pids: {
        edge: expect.any(Number),
        redis: expect.any(Number),
        postgres: expect.any(Number),
        functions: expect.any(Number),
        origin: expect.any(Number),
      },
    });
    expect((await stat(join(stateDir, 'stack.json'))).mode & 0o777).toBe(0o600);
    expect(pidsOf(stack).every(isRunning)).toBe(true);
  });

  test('names each part with its address and process, and no password', async () => {
    const { database, pids } = await readStack();
    for (const [part, pid] of Object.entries(pids)) {
      expect(launched.output()).toMatch(
        new RegExp(`^  ${part} .* ${pid === null ? 'launcher' : `pid ${pid}`} `, 'm'),
      );
    }
    expect(launched.output()).not.toContain(new URL(database).password);
  });

  test('prints three requests to try: a miss, a hit, a purge by tag that holds', async () => {
    const commands = [...launched.output().matchAll(/^ {2}(curl .+?) +# /gm)].map(
      ([, command = '']) => command,
    );
    expect(commands).toHaveLength(3);
    const [first, second, purge] = commands.map(requestOf) as [Request, Request, Request];
    const statusOf = async (request: Request) => {
      const response = await fetch(request.clone());
      // Stored when it is whole: who comes before joins the one who asks.
      await response.arrayBuffer();
      return response.headers.get('cache-status');
    };
    expect(await statusOf(first)).toContain('fwd=uri-miss');
    await eventually(async () => expect(await statusOf(second)).toContain('hit'));
    expect((await fetch(purge)).status).toBe(202);
    expect((await fetch(requestOf(commands[0] ?? ''))).headers.get('cache-status')).not.toContain('hit');
  });

  test('keeps its folder to itself: a second one is told, and the first goes on', async () => {
    const second = start();
    expect(await second.exit).toBe(3);
    expect(second.errors()).toMatch(/^Another npm start runs with .+: stop that one, or use it\.\n$/);
    expect((await fetch(edge)).status).toBe(200);
  });

  test('is not cleaned away under its feet', async () => {
    const cleaning = launch('clean', { stateDir });
    expect(await cleaning.exit).toBe(1);
    expect(cleaning.errors()).toMatch(/^A stack is running in this folder: stop it [^\n]+\n$/);
    expect(existsSync(join(stateDir, 'stack.json'))).toBe(true);
  });

  test('goes on without a part that dies, and says so', async () => {
    const { pids } = await readStack();
    process.kill(pids.functions as number, 'SIGKILL');
    await launched.complains(/^(functions ended by SIGKILL; the stack goes on without it\.)\n/m);
    expect((await fetch(edge)).status).toBe(200);
  });

  test('stops on SIGINT with exit code 0 and leaves no process, no port and no record', async () => {
    const stack = await readStack();
    launched.process.kill('SIGINT');
    expect(await launched.exit).toBe(0);
    expect(pidsOf(stack).filter(isRunning)).toEqual([]);
    for (const url of [stack.edge, stack.origin, stack.redis.url, stack.aws.endpoint]) {
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    }
    expect(existsSync(join(stateDir, 'stack.json'))).toBe(false);
    expect(existsSync(join(stateDir, 'run.json'))).toBe(false);
  });
});

describe('a stack that cannot start says so in one sentence', () => {
  test('when its port is taken: exit code 3', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const launched = start({ PORT: String(port) });
    expect(await launched.exit).toBe(3);
    expect(launched.errors()).toMatch(
      new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is taken: .*PORT=${port + 1}\\.\\n$`),
    );
    other.close();
  });

  test.each([
    ['a port that is none', { PORT: 'eighty' }, /^PORT must be [^\n]+\n$/],
    [
      'a short admin token',
      { ADMIN_TOKEN: 'hunter2' },
      /^ADMIN_TOKEN must be at least 32 characters[^\n]*\n$/,
    ],
    ['an unknown preset', { HEADRACE_PRESET: 'fast' }, /^HEADRACE_PRESET must be one of [^\n]+\n$/],
    [
      'an address that is not here',
      { HOST: '192.0.2.1' },
      /^HOST 192\.0\.2\.1 is not an address of this machine[^\n]+\n$/,
    ],
    [
      'itself as its origin',
      { PORT: '45871', ORIGIN_URL: 'http://localhost:45871' },
      /^ORIGIN_URL [^\n]+ is the edge itself[^\n]+\n$/,
    ],
  ])('when it is given %s: exit code 2', async (_, environment, sentence) => {
    const launched = start(environment);
    expect(await launched.exit).toBe(2);
    expect(launched.errors()).toMatch(sentence);
    expect(launched.output()).not.toContain('ready');
  });
});

describe('a stack that is killed', () => {
  const launcherPid = async (): Promise<number> => {
    const known = JSON.parse(await readFile(join(stateDir, 'run.json'), 'utf8')) as {
      name: string;
      pid: number;
    }[];
    return known.find(({ name }) => name === 'launcher')?.pid as number;
  };

  test('with the process that started it leaves the rest to the next start', async () => {
    const first = start();
    await first.prints(READY);
    const stack = await readStack();
    const launcher = await launcherPid();
    first.process.kill('SIGKILL');
    process.kill(launcher, 'SIGKILL');
    await first.exit;
    const second = start();
    const edge = await second.prints(READY);
    expect((await fetch(`${edge}/products/1`)).status).toBe(200);
    expect(pidsOf(stack).filter(isRunning)).toEqual([]);
    second.process.kill('SIGTERM');
    expect(await second.exit).toBe(0);
  });

  test('is ended by the process that started it', async () => {
    const launched = start();
    await launched.prints(READY);
    const stack = await readStack();
    process.kill(await launcherPid(), 'SIGKILL');
    expect(await launched.exit).toBe(1);
    expect(launched.complaints()).toBe('It was ended by SIGKILL; run it again.\n');
    await expect(fetch(stack.edge)).rejects.toThrow('fetch failed');
    expect(pidsOf(stack).filter(isRunning)).toEqual([]);
  });

  test('through the process that started it ends by itself, in time for the next', async () => {
    const first = start(elsewhere);
    await first.prints(READY);
    first.process.kill('SIGKILL');
    const second = start(elsewhere);
    await second.prints(READY);
    second.process.kill('SIGTERM');
    expect(await second.exit).toBe(0);
  });
});

test('stops with exit code 1 when its edge dies', async () => {
  const launched = start(elsewhere);
  await launched.prints(READY);
  const stack = await readStack();
  process.kill(stack.pids.edge as number, 'SIGKILL');
  expect(await launched.exit).toBe(1);
  expect(launched.complaints()).toBe('The edge ended by SIGKILL, and the stack with it: start again.\n');
  expect(pidsOf(stack).filter(isRunning)).toEqual([]);
});

test.each([
  ['SIGTERM', 0],
  ['SIGINT', 0],
  ['SIGKILL', null],
] as const)(
  '`npm start` that gets %s ends with %s and leaves no process and no port',
  async (signal, code) => {
    const npm = launch('start', { stateDir, program: ['npm', 'start'], environment: elsewhere });
    await npm.prints(READY);
    const stack = await readStack();
    npm.process.kill(signal);
    expect(await npm.exit).toBe(code);
    await eventually(() => expect(pidsOf(stack).filter(isRunning)).toEqual([]));
    await expect(fetch(stack.edge)).rejects.toThrow('fetch failed');
  },
);
