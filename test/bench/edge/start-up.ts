/**
 * How long workerd takes from nothing to listening, which is when a Worker's code has been read and evaluated, and from there
 * to the first answer: of Headrace's bundle, above what it takes of the least Worker.
 *
 * The first request asks the proxy for a page with only-if-cached: settings, configuration, plan and cache are built for it,
 * and no origin's time is in it.
 *
 * Shape   two bundles -> of each, medians of STARTS by turns
 * Units   milliseconds: by the wall's clock, and of processor time, which a busy machine disturbs less
 * Source  proc_pid_schedstat: time on the processor in ns
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { listeningPort } from '../../../infra/local/edge/listening.ts';
import { workerdBinary } from '../../../infra/local/edge/start.ts';
import { formatWorkerdConfig, SOCKET_NAME } from '../../../infra/local/edge/workerd-config.ts';
import { median } from './rounds.ts';

const STARTS = 21;
const VARIABLES = { ORIGIN_URL: 'http://127.0.0.1:9' };

export interface StartUp {
  readonly listeningMs: number;
  readonly answeredMs: number;
  readonly listeningCpuMs: number;
  readonly answeredCpuMs: number;
}

/** Both counted from the spawn. */
export async function measureStartUp(headrace: string, bare: string): Promise<Record<Subject, StartUp>> {
  const times: Record<Subject, StartUp[]> = { headrace: [], bare: [] };
  for (let start = 0; start < STARTS; start++) {
    times.bare.push(await startOnce(bare));
    times.headrace.push(await startOnce(headrace));
  }
  return { headrace: medians(times.headrace), bare: medians(times.bare) };
}

type Subject = 'headrace' | 'bare';

async function startOnce(worker: string): Promise<StartUp> {
  const config = join(dirname(worker), `${basename(worker)}.capnp`);
  const variables = Object.keys(VARIABLES);
  await writeFile(config, formatWorkerdConfig({ workerFile: basename(worker), variables, upstreams: {} }));
  const startedAt = performance.now();
  const since = () => performance.now() - startedAt;
  const args = ['serve', '--control-fd=3', `--socket-addr=${SOCKET_NAME}=127.0.0.1:0`, config];
  const child = spawn(workerdBinary(), args, {
    env: VARIABLES,
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  try {
    const port = await listeningPort(child.stdio[3] as Readable);
    const listening = { listeningMs: since(), listeningCpuMs: processorMs(child) };
    await answered(port);
    return { ...listening, answeredMs: since(), answeredCpuMs: processorMs(child) };
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

function answered(port: number): Promise<void> {
  const headers = { 'cache-control': 'only-if-cached' };
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent: false, headers }, response => {
      response.resume();
      resolve();
    }).on('error', reject);
  });
}

/** Of all its threads; one that ends while they are counted is left out. */
function processorMs({ pid }: ChildProcess): number {
  const tasks = `/proc/${pid}/task`;
  const ofTask = (id: string) => {
    try {
      return Number(readFileSync(`${tasks}/${id}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      return 0;
    }
  };
  return readdirSync(tasks).reduce((total, id) => total + ofTask(id), 0) / 1_000_000;
}

function medians(starts: readonly StartUp[]): StartUp {
  const of = (name: keyof StartUp) => median(starts.map(start => start[name]));
  return {
    listeningMs: of('listeningMs'),
    answeredMs: of('answeredMs'),
    listeningCpuMs: of('listeningCpuMs'),
    answeredCpuMs: of('answeredCpuMs'),
  };
}
