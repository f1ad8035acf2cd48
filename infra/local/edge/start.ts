/**
 * Starts the edge in workerd: the real binary, not its wrapper, so that the process id is workerd's own.
 *
 * Shape   { worker, port, host, variables, upstreams } -> Part & { url }, once it answers
 * Units   milliseconds
 * Errors  StartError: port taken (3), anything else that keeps it from answering (1)
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatAddress, portProblem, urlOf } from '../address.ts';
import { holdOutput } from '../held-output.ts';
import { EXIT, type Part, StartError } from '../part.ts';
import { exitOf, processPart } from '../process-part.ts';
import { answered, listeningPort } from './listening.ts';
import { formatWorkerdConfig, SOCKET_NAME } from './workerd-config.ts';

export interface EdgeOptions {
  /** The bundle; the configuration lies beside it while workerd reads it. */
  readonly worker: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** Text bindings of the Worker. */
  readonly variables: Readonly<Record<string, string>>;
  /** Origins asked with the client's Host, by name: bound as services named UPSTREAM_<name>. @default none */
  readonly upstreams?: Readonly<Record<string, URL>>;
  /** Asked once before the edge counts as started; any status will do. @default '/' */
  readonly probePath?: string;
  /** How long open requests may take to finish at stop(). @default 500 */
  readonly graceMs?: number;
  /** Gets what workerd prints once it runs, the Worker's log included. @default it goes to standard error */
  readonly print?: (text: string) => void;
}

export interface Edge extends Part {
  readonly url: string;
}

const START_LIMIT_MS = 10_000;

export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const { host, graceMs = 500, probePath = '/' } = options;
  const config = await writeConfig(options);
  const child = spawnWorkerd(config, options);
  const part = processPart(child, { graceMs });
  const output = holdOutput(child);
  try {
    const url = await Promise.race([firstAnswer(child, host, probePath), failure(child)]);
    output.release(options.print);
    return { ...part, url };
  } catch (error) {
    await part.stop();
    throw explain(output.text(), options, error);
  } finally {
    await rm(config, { force: true });
  }
}

async function writeConfig({ worker, variables, upstreams = {} }: EdgeOptions): Promise<string> {
  const config = formatWorkerdConfig({
    workerFile: basename(worker),
    variables: Object.keys(variables),
    upstreams: Object.fromEntries(Object.entries(upstreams).map(([name, url]) => [`UPSTREAM_${name}`, url])),
  });
  const file = join(dirname(worker), `${randomUUID()}.capnp`);
  await writeFile(file, config);
  return file;
}

function spawnWorkerd(config: string, { host, port, variables }: EdgeOptions): ChildProcess {
  const socket = `--socket-addr=${SOCKET_NAME}=${formatAddress(host, port)}`;
  return spawn(workerdBinary(), ['serve', '--control-fd=3', socket, config], {
    env: variables,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
}

export function workerdBinary(): string {
  const folder = process.arch === 'arm64' ? 'workerd-linux-arm64' : 'workerd-linux-64';
  return createRequire(import.meta.url).resolve(`@cloudflare/${folder}/bin/workerd`);
}

async function firstAnswer(child: ChildProcess, host: string, path: string): Promise<string> {
  const url = urlOf(host, await listeningPort(child.stdio[3] as Readable));
  await answered(`${url}${path}`);
  return url;
}

async function failure(child: ChildProcess): Promise<never> {
  const late = sleep(START_LIMIT_MS, 'did not answer in time', { ref: false });
  throw new Error(`workerd ${await Promise.race([exitOf(child), late])}`);
}

function explain(printed: string, { host, port }: EdgeOptions, cause: unknown): StartError {
  if (/address already in use/i.test(printed)) return portProblem({ code: 'EADDRINUSE' }, host, port);
  const [firstLine = ''] = printed.trim().split('\n');
  const reason = firstLine || (cause instanceof Error ? cause.message : String(cause));
  return new StartError(EXIT.failure, `The edge did not start (${reason}); correct that and start again.`, {
    cause,
  });
}
