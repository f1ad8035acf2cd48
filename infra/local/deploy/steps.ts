/**
 * The steps of a deployment, as programs with their arguments. No secret is ever an argument: wrangler reads them from a file.
 *
 * Source  `cdk deploy --help`, `wrangler deploy --help`
 */

import type { Variables } from './handover.ts';
import type { DeployOptions } from './read-arguments.ts';
import type { Step } from './step.ts';

const AGAIN =
  'Nothing further was done. Repair it and run the same command again: what is done is found done.';

export interface StacksOptions {
  readonly outputsFile: string;
  /** Where the edge answers, once that is known. */
  readonly edgeUrl: string | undefined;
}

export function deployStacks({ stage, yes }: DeployOptions, { outputsFile, edgeUrl }: StacksOptions): Step {
  return {
    title: edgeUrl ? `AWS: the stacks, told that the edge is ${edgeUrl}` : 'AWS: the stacks',
    program: 'cdk',
    args: [
      'deploy',
      '--all',
      // Buckets outlive their stacks, and are found again by their names.
      '--import-existing-resources',
      '--outputs-file',
      outputsFile,
      '--require-approval',
      yes ? 'never' : 'broadening',
    ],
    environment: { HEADRACE_STAGE: stage, ...(edgeUrl && { EDGE_URL: edgeUrl }) },
    advice: `A stack that failed was rolled back by itself; its events say why. Is the account bootstrapped (npx cdk bootstrap)? ${AGAIN}`,
  };
}

export function listSecrets({ stage }: DeployOptions): Step {
  return {
    title: 'Cloudflare: which secrets the Worker has',
    program: 'wrangler',
    args: ['secret', 'list', '--format', 'json', ...environmentOf(stage)],
    advice: 'Before the first deployment there is no Worker to ask.',
    isRead: true,
  };
}

export interface WorkerOptions {
  readonly variables: Variables;
  /** Of the secrets; undefined where none is given. */
  readonly secretsFile: string | undefined;
  /** Where wrangler writes what it did. */
  readonly reportFile: string;
}

export function deployWorker(
  { stage }: DeployOptions,
  { variables, secretsFile, reportFile }: WorkerOptions,
): Step {
  const given = Object.entries(variables).flatMap(([name, value]) => ['--var', `${name}:${value}`]);
  return {
    title: 'Cloudflare: the Worker',
    program: 'wrangler',
    args: [
      'deploy',
      ...environmentOf(stage),
      ...given,
      ...(secretsFile ? ['--secrets-file', secretsFile] : []),
    ],
    environment: { WRANGLER_OUTPUT_FILE_PATH: reportFile },
    advice: `The stacks stand; the Worker is what it was before. Are you logged in (npx wrangler login)? ${AGAIN}`,
  };
}

export function deleteWorker({ stage }: DeployOptions): Step {
  return {
    title: 'Cloudflare: the Worker goes',
    program: 'wrangler',
    args: ['delete', '--force', ...environmentOf(stage)],
    advice: `The stacks still stand. Are you logged in (npx wrangler login)? ${AGAIN}`,
  };
}

export function destroyStacks({ stage }: DeployOptions): Step {
  return {
    title: 'AWS: the stacks go',
    program: 'cdk',
    args: ['destroy', '--all', '--force'],
    environment: { HEADRACE_STAGE: stage },
    advice: `The Worker is gone already. ${AGAIN}`,
  };
}

/** Production is the file's own top: so `npx wrangler deploy` alone deploys it. */
function environmentOf(stage: string): readonly string[] {
  return ['--env', stage === 'production' ? '' : stage];
}
