import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findClusterProcesses } from '../../../../infra/local/postgres/cluster-processes.ts';
import {
  forgetPostgres,
  type PostgresOptions,
  startPostgres,
} from '../../../../infra/local/postgres/postgres.ts';
import { rows, withClient } from '../../../contracts/postgres.ts';

let root: string;
let stateDir: string;
let cleanups: (() => unknown)[];

function makeRoot(): void {
  root = mkdtempSync(join(tmpdir(), 'headrace-test-'));
  chmodSync(root, 0o755);
  stateDir = join(root, 'postgres');
}

async function removeRoot(): Promise<void> {
  await forgetPostgres(stateDir);
  rmSync(root, { recursive: true, force: true });
}

beforeEach(() => {
  cleanups = [];
});
afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

async function start(options: Partial<PostgresOptions> = {}) {
  const server = await startPostgres({ stateDir, ...options });
  cleanups.push(() => server.stop());
  return server;
}

async function startLauncher(): Promise<{ launcher: ChildProcess; pid: number; url: string }> {
  const script = join(import.meta.dirname, 'launcher.ts');
  const launcher = spawn(process.execPath, [script, stateDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanups.push(() => kill(launcher));
  const [line] = await once(createInterface({ input: launcher.stdout }), 'line');
  return { launcher, ...JSON.parse(line) };
}

async function kill(launcher: ChildProcess): Promise<void> {
  if (launcher.exitCode !== null || launcher.signalCode !== null) return;
  const exited = once(launcher, 'exit');
  launcher.kill('SIGKILL');
  await exited;
}

describe('one database from start to start', () => {
  beforeAll(makeRoot);
  afterAll(removeRoot);

  it('takes over from a killed launcher, even while a session is busy', async () => {
    const { launcher, pid, url } = await startLauncher();
    await rows({ url }, "CREATE TABLE kept AS SELECT 'before the kill' AS what");
    const busy = rows({ url }, 'SELECT count(*) FROM generate_series(1, 1e12)').catch(() => 'interrupted');
    await kill(launcher);

    const server = await start();
    expect(await busy).toBe('interrupted');
    expect(server.pid).not.toBe(pid);
    expect(findClusterProcesses(join(stateDir, 'data')).filter(process => process.isPostmaster)).toHaveLength(
      1,
    );
    expect(await rows(server, 'SELECT what FROM kept')).toEqual([{ what: 'before the kill' }]);
  });

  it('leaves the database of a living launcher alone', async () => {
    const { launcher, url } = await startLauncher();
    await expect(startPostgres({ stateDir })).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining(`in use by process ${launcher.pid}`),
    });
    expect(await rows({ url }, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
  });

  it('is gone with its port after stop, and stop may be called twice', async () => {
    const server = await start();
    await Promise.all([server.stop(), server.stop()]);
    await expect(withClient(server, async () => 'connected')).rejects.toThrow('ECONNREFUSED');
    expect(findClusterProcesses(join(stateDir, 'data'))).toEqual([]);
  });

  it('refuses strangers on loopback', async () => {
    const server = await start();
    const url = new URL(server.url);
    url.password = 'guess';
    await expect(withClient({ url: url.href }, async () => 'connected')).rejects.toMatchObject({
      code: '28P01',
    });
  });

  it('says which port is taken', async () => {
    const stranger = createServer().listen(0, '127.0.0.1');
    cleanups.push(() => stranger.close());
    await once(stranger, 'listening');
    const port = (stranger.address() as { port: number }).port;
    await expect(startPostgres({ stateDir, port })).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(`Port ${port} is taken`),
    });
  });
});

describe('a folder that was never started in', () => {
  beforeEach(() => {
    makeRoot();
    cleanups.push(removeRoot);
  });

  it('sets the data of another major version aside and says so', async () => {
    const foreign = join(stateDir, 'data');
    mkdirSync(foreign, { recursive: true });
    writeFileSync(join(foreign, 'PG_VERSION'), '9\n');
    const notices: string[] = [];
    const server = await start({ notice: sentence => notices.push(sentence) });
    expect(await rows(server, 'SELECT 1 AS works')).toEqual([{ works: 1 }]);
    expect(notices).toEqual([
      expect.stringMatching(/written by PostgreSQL 9 .* kept as .*data-of-postgresql-9/),
    ]);
    expect(readdirSync(join(stateDir, 'data-of-postgresql-9'))).toEqual(['PG_VERSION']);
  });

  it('begins again after an interrupted first start', async () => {
    mkdirSync(join(stateDir, 'data-partial-4f7Q2a', 'base'), { recursive: true });
    const server = await start();
    expect(await rows(server, 'SELECT 1 AS works')).toEqual([{ works: 1 }]);
    expect(readdirSync(stateDir).sort()).toEqual(['data', 'password', 'postgres.log']);
  });

  it('forgets everything, a running orphan included', async () => {
    const { launcher } = await startLauncher();
    await kill(launcher);
    await forgetPostgres(stateDir);
    expect(existsSync(stateDir)).toBe(false);
    expect(findClusterProcesses(join(stateDir, 'data'))).toEqual([]);
  });
});
