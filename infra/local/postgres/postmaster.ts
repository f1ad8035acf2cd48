/**
 * Runs the PostgreSQL server as a direct child and tells when it is ready, and why it ended.
 *
 * Shape   command -> running (pid, ended, stop) | failed (its last words)
 * Errors  none; not getting ready is a value
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Part } from '../part.ts';
import type { Account } from './account.ts';

const READY_MS = 30_000;
const FAST_SHUTDOWN_MS = 5_000;
const LAST_WORDS_MS = 200;

export interface PostmasterCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly account: Account | null;
  readonly logFile: string;
}

export type Postmaster =
  | { readonly kind: 'running'; readonly part: Part }
  | { readonly kind: 'failed'; readonly reason: string };

export async function runPostmaster(command: PostmasterCommand): Promise<Postmaster> {
  const child = spawn(command.program, command.args, {
    env: command.environment,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    ...command.account,
  });
  const log = followLog(child, command.logFile);
  const ended = waitForEnd(child, log);
  const timeout = AbortSignal.timeout(READY_MS);
  const outcome = await Promise.race([log.ready, ended, once(timeout, 'abort').then(() => TOO_SLOW)]);
  if (outcome === READY && child.pid) return { kind: 'running', part: asPart(child, child.pid, ended) };
  child.kill('SIGKILL');
  return { kind: 'failed', reason: String(outcome) };
}

const READY = 'ready';
const TOO_SLOW = `not ready within ${READY_MS / 1000} s`;

interface Log {
  readonly ready: Promise<typeof READY>;
  lastProblem(): string;
}

function followLog(child: ChildProcess, logFile: string): Log {
  const file = createWriteStream(logFile);
  const ready = Promise.withResolvers<typeof READY>();
  let problem = '';
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', line => {
      file.write(`${line}\n`);
      if (line.includes('database system is ready to accept connections')) ready.resolve(READY);
      if (/\b(FATAL|PANIC|WARNING):|could not/.test(line))
        problem = line.replace(/^.*?(FATAL|PANIC|LOG|WARNING): +/, '');
    });
  }
  child.once('close', () => file.end());
  return { ready: ready.promise, lastProblem: () => problem };
}

/** The last words arrive after the exit; a session that outlives the server holds the pipe open, hence the bound. */
async function waitForEnd(child: ChildProcess, log: Log): Promise<string> {
  const closed = once(child, 'close');
  try {
    const [code, signal] = await once(child, 'exit');
    await Promise.race([closed, wait(LAST_WORDS_MS)]);
    const how = signal ? `ended by ${signal}` : `exited with code ${code}`;
    return [how, log.lastProblem()].filter(Boolean).join(': ');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function asPart(child: ChildProcess, pid: number, ended: Promise<string>): Part {
  return { pid, ended, stop: () => stopFast(child, ended) };
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are ended, what was committed is written. */
async function stopFast(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGINT');
  const bound = setTimeout(() => child.kill('SIGKILL'), FAST_SHUTDOWN_MS);
  await ended;
  clearTimeout(bound);
}
