/**
 * Starts the functions' runtime in a process of its own and puts its Invoke API behind the local AWS.
 *
 * Errors  StartError when a function cannot be bundled or the process ends while it starts
 */

import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Topology } from '../../check-topology.ts';
import type { AwsAccess, LocalAws } from '../aws/start.ts';
import { EXIT, type Part, StartError } from '../part.ts';
import { projectDir } from '../paths.ts';
import { exitOf, processPart } from '../process-part.ts';
import type { InvocationResult } from './invocation.ts';
import { createInvokeApi } from './invoke-api.ts';
import type { FromFunctions, ToFunctions } from './messages.ts';

export interface StartFunctionsOptions {
  readonly topology: Pick<Topology, 'functions' | 'crons'>;
  /** The local AWS, or how to reach another one; only the local one gets the Invoke API. */
  readonly aws: AwsAccess & Partial<Pick<LocalAws, 'serve'>>;
  /** What every function finds in its environment, for example EDGE_URL. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where bundles are kept. */
  readonly stateDir: string;
  /** What the topology's entries are relative to. @default the project */
  readonly root?: string;
  /** Gets each line a function logs, with its name before it. @default prints to standard output */
  readonly log?: (line: string) => void;
}

export interface FunctionsPart extends Part {
  /** Where the functions with a URL answer; requests are signed for `lambda`. */
  readonly urls: Readonly<Record<string, string>>;
  invoke(name: string, payload: string): Promise<InvocationResult>;
}

const GRACE_MS = 3000;

export async function startFunctions(options: StartFunctionsOptions): Promise<FunctionsPart> {
  const { topology, aws, environment, stateDir, root = projectDir, log = console.log } = options;
  const { endpoint, region, credentials } = aws;
  const child = fork(new URL('./main.ts', import.meta.url), {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (child.stdout) createInterface({ input: child.stdout }).on('line', log);
  const { functions, crons = {} } = topology;
  tell(child, {
    kind: 'start',
    settings: { functions, crons, aws: { endpoint, region, credentials }, environment, stateDir, root },
  });
  const urls = await untilStarted(child);
  const invoke = createCaller(child);
  aws.serve?.('lambda', createInvokeApi({ names: Object.keys(functions), invoke }));
  return { ...processPart(child, { graceMs: GRACE_MS }), invoke, urls };
}

async function untilStarted(child: ChildProcess): Promise<FunctionsPart['urls']> {
  const first = await Promise.race([nextMessage(child), exitOf(child)]);
  if (typeof first === 'object' && first.kind === 'started') return first.urls;
  child.kill('SIGKILL');
  const refused = typeof first === 'object' && first.kind === 'refused';
  throw new StartError(EXIT.failure, refused ? first.sentence : `The functions' process ${first}.`);
}

function nextMessage(child: ChildProcess): Promise<FromFunctions> {
  return new Promise(resolve => child.once('message', message => resolve(message as FromFunctions)));
}

function createCaller(child: ChildProcess): FunctionsPart['invoke'] {
  const waiting = new Map<number, { resolve(result: InvocationResult): void; reject(error: Error): void }>();
  let lastId = 0;
  child.on('message', (message: FromFunctions) => {
    if (message.kind !== 'invoked') return;
    waiting.get(message.id)?.resolve(message.result);
    waiting.delete(message.id);
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error("The functions' process has ended"));
  });
  return (name, payload) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      tell(child, { kind: 'invoke', id: lastId, name, payload });
    });
}

function tell(child: ChildProcess, message: ToFunctions): void {
  child.send(message);
}
