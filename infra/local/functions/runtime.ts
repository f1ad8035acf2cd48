/**
 * The functions' runtime: every function of the topology with its bundle, its process, its schedule and its queue.
 *
 * Errors  StartError when a function cannot be bundled
 */

import { join } from 'node:path';
import type { Clock } from '../../../shared/primitives/clock.ts';
import { functionEnvironment } from '../../function-environment.ts';
import type { FunctionSpec } from '../../topology.ts';
import { LOCAL_DISTRIBUTION } from '../aws/start.ts';
import { projectDir } from '../paths.ts';
import { bundleFunctions } from './bundle-functions.ts';
import { startCron } from './cron.ts';
import { serveFunctionUrl } from './function-url.ts';
import type { InvocationResult } from './invocation.ts';
import { createLambda, type Lambda } from './lambda.ts';
import type { FunctionsSettings } from './messages.ts';
import { type Stoppable, startQueuePoller } from './queue-poller.ts';
import { startScheduler } from './scheduler.ts';

export interface FunctionsRuntime extends Stoppable {
  /** By function, where its URL answers. */
  readonly urls: Readonly<Record<string, string>>;
  /** The name must be one of the topology's. */
  invoke(name: string, payload: string): Promise<InvocationResult>;
}

export interface RuntimeDeps {
  readonly clock: Clock;
  readonly log: (name: string, line: string) => void;
}

export async function startRuntime(
  settings: FunctionsSettings,
  deps: RuntimeDeps,
): Promise<FunctionsRuntime> {
  const { functions, root, stateDir } = settings;
  const keptIn = root === projectDir ? KEPT_BUNDLES : undefined;
  const taskRoots = await bundleFunctions({ functions, root, outDir: stateDir, keptIn });
  const lambdas = new Map<string, Lambda>();
  const triggers: Stoppable[] = [];
  const urls: Record<string, string> = {};
  for (const [name, taskRoot] of taskRoots) {
    const spec = functions[name] as FunctionSpec;
    const log = (line: string) => deps.log(name, line);
    const environment = { ...settings.environment, ...variablesOf(name, spec, settings) };
    const target = createLambda({ name, spec, taskRoot, aws: settings.aws, environment }, { ...deps, log });
    lambdas.set(name, target);
    triggers.push(...startTriggers(name, spec, { ...settings, ...deps, target, log }));
    if (spec.url === undefined) continue;
    const door = await serveFunctionUrl({ target, credentials: settings.aws.credentials, clock: deps.clock });
    urls[name] = door.origin;
    triggers.push({ stop: door.close });
  }
  for (const [name, spec] of Object.entries(settings.crons)) {
    const target = findLambda(lambdas, CALLED_BY_CRON);
    triggers.push(startCron({ ...deps, name, spec, target, log: line => deps.log(CALLED_BY_CRON, line) }));
  }
  return {
    urls,
    invoke: async (name, payload) => findLambda(lambdas, name).invoke(payload),
    async stop() {
      // Together: a trigger waits for the invocation that ends with its process.
      await Promise.all([...triggers, ...lambdas.values()].map(part => part.stop()));
    },
  };
}

/** Gone with what was installed, as it should be. */
const KEPT_BUNDLES = join(projectDir, 'node_modules/.cache/functions');

const CALLED_BY_CRON = 'tend-jobs';

/** A bucket has the same name here as in the topology. */
function variablesOf(
  name: string,
  { reads = [], writes = [], clears = [], cdn }: FunctionSpec,
  { environment }: FunctionsSettings,
): Record<string, string> {
  const bucketNames = Object.fromEntries([...reads, ...writes, ...clears].map(bucket => [bucket, bucket]));
  const distribution = cdn && { distributionId: LOCAL_DISTRIBUTION };
  return {
    ...functionEnvironment(name, { edgeUrl: environment.EDGE_URL, bucketNames, ...distribution }).variables,
  };
}

interface TriggerDeps extends Pick<FunctionsSettings, 'aws'> {
  readonly target: Lambda;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

function startTriggers(
  name: string,
  { schedule, queues = [] }: FunctionSpec,
  deps: TriggerDeps,
): Stoppable[] {
  const { region } = deps.aws;
  return [
    ...(schedule ? [startScheduler({ ...deps, name, region, everySeconds: schedule.everySeconds })] : []),
    ...queues.map(queue => startQueuePoller({ ...deps, queue })),
  ];
}

function findLambda(lambdas: ReadonlyMap<string, Lambda>, name: string): Lambda {
  const lambda = lambdas.get(name);
  if (!lambda) throw new RangeError(`There is no function ${name}`);
  return lambda;
}
