/**
 * `npm run deploy -- …` and `npm run destroy -- …`.
 *
 * Errors  exit codes 0 done or left, 1 a step failed, 2 wrong arguments or settings
 */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import written from '../../../headrace.config.ts';
import { parseConfig } from '../../../shared/config/config.ts';
import { type Deployment, readDeployment } from '../../deployment.ts';
import { complain, say, UsageError } from '../command-line.ts';
import { EXIT, StartError } from '../part.ts';
import { openStateDir, projectDir } from '../paths.ts';
import { deploy } from './deploy.ts';
import { destroy } from './destroy.ts';
import { fetchGraviton } from './graviton.ts';
import { planDeployment, planDestruction } from './plan.ts';
import { type DeployOptions, readArguments } from './read-arguments.ts';
import { createRunStep, StepFailed } from './step.ts';
import { DEPLOY_USAGE, DESTROY_USAGE } from './usage.ts';

const wranglerFile = join(projectDir, 'wrangler.toml');
const [command = '', ...given] = process.argv.slice(2);

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof StepFailed || error instanceof StartError || error instanceof RangeError))
    throw error;
  complain(error.message);
  if (error instanceof StepFailed) return EXIT.failure;
  return error instanceof StartError ? error.exitCode : EXIT.badSetting;
});

async function main(): Promise<number> {
  const options = readArguments(given, process.env.HEADRACE_STAGE);
  if (options === 'help') {
    say(command === 'destroy' ? DESTROY_USAGE : DEPLOY_USAGE);
    return EXIT.stopped;
  }
  await (command === 'destroy' ? runDestroy(options) : runDeploy(options));
  return EXIT.stopped;
}

async function runDeploy(options: DeployOptions): Promise<void> {
  const { edgeUrl, region } = readSettings(options.stage);
  await refuseUnknown(options.stage);
  const plain = await readPlain(options.stage);
  const graviton = fetchGraviton(['sharp']);
  if (options.dryRun) {
    const isNamed = edgeUrl !== undefined;
    for (const line of planDeployment({ ...options, region, plain, isNamed, graviton })) say(line);
    return;
  }
  const scratch = await mkdtemp(join(tmpdir(), 'headrace-deploy-'));
  try {
    const run = createRunStep(process.env, projectDir);
    const known = await knownUrl(options.stage);
    await deploy(options, {
      graviton,
      run,
      say,
      fetch,
      environment: process.env,
      region,
      edgeUrl,
      plain,
      scratch,
      known,
    });
  } finally {
    await rm(scratch, { recursive: true });
  }
}

async function runDestroy(options: DeployOptions): Promise<void> {
  readSettings(options.stage);
  await refuseUnknown(options.stage);
  if (options.dryRun) {
    for (const line of planDestruction(options)) say(line);
    return;
  }
  await destroy(options, { run: createRunStep(process.env, projectDir), say, ask: asker() });
}

/** Before anything is done: a wrong setting is said while nothing has changed. */
function readSettings(stage: string): Deployment {
  const parsed = parseConfig(written);
  if (!parsed.ok) throw new UsageError(parsed.sentence);
  const hosts = Object.keys(parsed.config.hosts);
  const region = process.env.AWS_REGION || process.env.CDK_DEFAULT_REGION;
  return readDeployment({ ...process.env, HEADRACE_STAGE: stage, AWS_REGION: region }, hosts);
}

/** Wrangler would take the name of a stage that it does not know for the Worker's. */
async function refuseUnknown(stage: string): Promise<void> {
  const text = await readFile(wranglerFile, 'utf8');
  if (stage === 'production' || new RegExp(`^\\[env\\.${stage}[.\\]]`, 'm').test(text)) return;
  throw new UsageError(`--stage is ${stage}, but wrangler.toml has no section [env.${stage}]`);
}

/** The variables of wrangler.toml. Wrangler is loaded for it alone, which takes as long as all the rest. */
async function readPlain(stage: string): Promise<readonly string[]> {
  const { unstable_readConfig } = await import('wrangler');
  const env = stage === 'production' ? {} : { env: stage };
  return Object.keys(unstable_readConfig({ config: wranglerFile, ...env }).vars);
}

async function knownUrl(stage: string) {
  const file = join(await openStateDir(process.env), `deployed-${stage}.json`);
  return {
    read: async () => {
      const text = await readFile(file, 'utf8').catch(() => '{}');
      return JSON.parse(text).edgeUrl as string | undefined;
    },
    write: (edgeUrl: string) => writeFile(file, JSON.stringify({ edgeUrl })),
  };
}

function asker() {
  if (!process.stdin.isTTY) return undefined;
  return async (question: string) => {
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await lines.question(question);
    lines.close();
    return answer.trim();
  };
}
