/**
 * What a deployment would do, for --dry-run: each step as it would be typed, with the names of what is handed over.
 *
 * Shape   options -> lines
 */

import { secretNames, sourceOf, variablesFrom } from './handover.ts';
import type { DeployOptions } from './read-arguments.ts';
import { describeStep, type Step } from './step.ts';
import { deleteWorker, deployStacks, deployWorker, destroyStacks, listSecrets } from './steps.ts';

/** Every output there may be; of each only the name is told. */
const OUTPUTS = {
  optimizeimageurl: '<optimizeimageurl>',
  warmingqueueurl: '<queue>/headrace-warming',
  databucketname: '<databucketname>',
  assetsbucketname: '<assetsbucketname>',
  functionsurl: '<functionsurl>',
};

export interface PlanOptions extends DeployOptions {
  readonly region: string;
  readonly plain: readonly string[];
  /** Whether the edge's address is known before it is deployed. */
  readonly isNamed: boolean;
  readonly graviton?: Step | undefined;
}

export function planDeployment({
  region,
  plain,
  isNamed,
  graviton,
  ...options
}: PlanOptions): readonly string[] {
  const outputsFile = '<outputs>';
  const variables = variablesFrom({ all: OUTPUTS }, region);
  const worker = deployWorker(options, { variables, secretsFile: '<secrets>', reportFile: '<report>' });
  const names = secretNames(plain).map(name =>
    sourceOf(name) === name ? name : `${name} from ${sourceOf(name)}`,
  );
  const again = deployStacks(options, { outputsFile, edgeUrl: '<the Worker’s address>' });
  return [
    ...(graviton ? lines(graviton) : []),
    ...lines(deployStacks(options, { outputsFile, edgeUrl: undefined })),
    ...lines(listSecrets(options)),
    ...lines(worker),
    `  <secrets> holds those of the environment, by name: ${names.join(', ')}`,
    ...(isNamed ? [] : [...lines(again), '  only where they do not know it yet']),
    'Headrace: POST /api/admin/alerts/quiet, with ADMIN_TOKEN where it is given: a cold cache is no incident',
  ];
}

export function planDestruction(options: DeployOptions): readonly string[] {
  return [listSecrets(options), deleteWorker(options), destroyStacks(options)].flatMap(lines);
}

function lines(step: Step): readonly string[] {
  return [step.title, `  ${describeStep(step)}`];
}
