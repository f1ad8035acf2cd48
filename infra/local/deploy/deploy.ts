/**
 * Deploys both sides in order: the stacks, then the Worker with what they put out, then the stacks again if the Worker's
 * address is one they did not know. Each step may be repeated; the first that fails ends the run.
 *
 * Errors  StepFailed with what to do next
 * Cost    one deployment of the stacks; two the first time, where no host is named in headrace.config.ts
 */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Outputs,
  plainFrom,
  secretNames,
  secretsFrom,
  sourceOf,
  type Variables,
  variablesFrom,
  withoutSigned,
} from './handover.ts';
import { keepQuiet } from './keep-quiet.ts';
import type { DeployOptions } from './read-arguments.ts';
import { namesIn, workerUrlIn } from './report.ts';
import { describeStep, type RunStep, type Step } from './step.ts';
import { deployStacks, deployWorker, listSecrets } from './steps.ts';

export interface DeployDeps {
  readonly run: RunStep;
  readonly say: (line: string) => void;
  readonly fetch: typeof globalThis.fetch;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly region: string;
  /** Where the edge answers, as the person says; undefined where wrangler will say it. */
  readonly edgeUrl: string | undefined;
  /** The variables that wrangler.toml names. */
  readonly plain: readonly string[];
  /** For files that are gone afterwards: the secrets among them. */
  readonly scratch: string;
  /** What fetches programs for Graviton; undefined where they are here. */
  readonly graviton?: Step | undefined;
  /** Keeps the Worker's address for the next time. */
  readonly known: { read(): Promise<string | undefined>; write(url: string): Promise<void> };
}

export async function deploy(options: DeployOptions, deps: DeployDeps): Promise<void> {
  const { environment, edgeUrl, known, say, graviton } = deps;
  // It goes on without: then the function is drawn for the processor of this machine.
  if (graviton) await act(graviton, deps).catch(({ message }: Error) => say(message));
  const before = edgeUrl === undefined ? await known.read() : undefined;
  const outputsFile = join(deps.scratch, 'outputs.json');
  await act(deployStacks(options, { outputsFile, edgeUrl: before }), deps);
  const outputs: Outputs = JSON.parse(await readFile(outputsFile, 'utf8'));
  const url = await deployEdge(options, deps, outputs);
  if (url !== undefined && edgeUrl === undefined && url !== before) {
    await act(deployStacks(options, { outputsFile, edgeUrl: url }), deps);
    await known.write(url);
  }
  const origin = edgeUrl ?? url;
  const quiet = await keepQuiet({
    fetch: deps.fetch,
    edgeUrl: origin && origin + (environment.HEADRACE_BASE ?? ''),
    adminTokens: environment.ADMIN_TOKEN,
  });
  if (quiet) say(quiet);
  say(`done: ${url ?? 'the Worker answers at the routes of wrangler.toml'}`);
}

async function deployEdge(
  options: DeployOptions,
  deps: DeployDeps,
  outputs: Outputs,
): Promise<string | undefined> {
  const { environment, plain, scratch, region, say } = deps;
  const secrets = secretsFrom(environment, secretNames(plain));
  const has = await existingSecrets(options, deps);
  const keyed = [...Object.keys(secrets), ...has].includes('AWS_ACCESS_KEY_ID');
  const handed = variablesFrom(outputs, region);
  const variables = { ...(keyed ? handed : withoutSigned(handed)), ...plainFrom(environment, plain) };
  if (!keyed) say(withoutKeys(outputs));
  say(
    `handed over: ${Object.keys(variables).join(', ')}; secrets: ${Object.keys(secrets).join(', ') || 'none given'}`,
  );
  const secretsFile = await writeSecrets(secrets, scratch);
  const reportFile = join(scratch, 'wrangler.ndjson');
  await act(deployWorker(options, { variables, secretsFile, reportFile }), deps);
  return workerUrlIn(await readFile(reportFile, 'utf8').catch(() => ''));
}

/** None before the first deployment. */
async function existingSecrets(options: DeployOptions, deps: DeployDeps): Promise<readonly string[]> {
  return namesIn(await deps.run(listSecrets(options)).catch(() => ''));
}

/** Readable by its owner alone, in a folder that goes with the run. */
async function writeSecrets(secrets: Variables, scratch: string): Promise<string | undefined> {
  if (Object.keys(secrets).length === 0) return undefined;
  const file = join(scratch, 'secrets.json');
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
  return file;
}

async function act(step: Step, { run, say }: DeployDeps): Promise<void> {
  say(`${step.title}\n  ${describeStep(step)}`);
  await run(step);
}

function withoutKeys(outputs: Outputs): string {
  const [policy] = Object.values(outputs).flatMap(({ edgepolicy }) => edgepolicy ?? []);
  return [
    'The edge has no keys for AWS yet, so it is told of no functions, queues and buckets there.',
    `Make a user with the policy ${policy ?? 'that the stacks put out as edgepolicy'}, give its keys as`,
    `${sourceOf('AWS_ACCESS_KEY_ID')} and ${sourceOf('AWS_SECRET_ACCESS_KEY')}, and run the same command again.`,
  ].join('\n');
}
