/**
 * One server under measurement: a process of its own, how it is asked for a picture, and what it has used.
 *
 * Units   processor time in microseconds, memory in bytes
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { cpuTimeUs } from '../edge/cpu-time.ts';

export interface Contender {
  readonly name: string;
  readonly url: string;
  get(path: string, headers?: Record<string, string>): Promise<Uint8Array>;
  /** Used since it began. */
  cpuUs(): number;
  /** The most it ever held. */
  peakBytes(): number;
  stop(): Promise<void>;
}

export async function startContender(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Contender> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressOf(name, child);
  const pid = child.pid ?? 0;
  return {
    name,
    url,
    async get(path, headers = {}) {
      const response = await fetch(url + path, { headers });
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (response.ok) return bytes;
      throw new Error(`${name} answered ${path} with ${response.status}: ${Buffer.from(bytes)}`);
    },
    cpuUs: () => cpuTimeUs(pid),
    peakBytes: () => peakBytes(pid),
    stop: () => stop(child),
  };
}

async function addressOf(name: string, { stdout }: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: stdout as Readable })) {
    const [, origin] = /^ready (https?:\/\/[^/\s]+)/.exec(line) ?? [];
    if (origin !== undefined) return origin;
  }
  throw new Error(`${name} ended before it was ready`);
}

/** proc_pid_status(5): VmHWM, in kB. */
function peakBytes(pid: number): number {
  const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
