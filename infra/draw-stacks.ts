/**
 * Draws a whole deployment: five stacks of one topology.
 *
 * Shape   app, topology, deployment -> the stacks, each after those it needs
 * Errors  a topology that AWS would refuse, or that would deliver messages twice, is a RangeError naming the settings
 */

import type { App, Stack } from 'aws-cdk-lib';
import type { Config } from '../shared/config/config.ts';
import type { ImageSettingsInput } from '../shared/images/settings.ts';
import { checkTopology, type Topology } from './check-topology.ts';
import { DELIVERY_REGION, type DeployedStack } from './constructs/deployed-stack.ts';
import type { Deployment } from './deployment.ts';
import type { StackName } from './stack-of.ts';
import { AnalysisStack } from './stacks/analysis-stack.ts';
import { DeliveryStack } from './stacks/delivery-stack.ts';
import { ImagesStack } from './stacks/images-stack.ts';
import { JobsStack } from './stacks/jobs-stack.ts';
import { MonitoringStack } from './stacks/monitoring-stack.ts';

export interface DrawOptions {
  readonly topology: Topology;
  readonly deployment: Deployment;
  /** What was decided about images. @default the function's own defaults */
  readonly images?: ImageSettingsInput;
  /** The CDNs of headrace.config.ts. @default none */
  readonly cdns?: Config['cdns'];
  /** What headrace.config.ts names to be scaled. @default nothing */
  readonly scaling?: Config['scaling'];
  /** What the keys of Redis begin with. @default the preset's */
  readonly keyPrefix?: string | undefined;
}

export type Stacks = Readonly<Record<StackName, DeployedStack>>;

export function drawStacks(
  app: App,
  { topology, deployment, images, cdns, scaling, keyPrefix }: DrawOptions,
): Stacks {
  refuseWrong(topology);
  const idOf = (name: StackName) => stackId(deployment, name);
  const props = { topology, deployment };
  // Two values go from one stack to another: the image function's address, and the distribution's id.
  const crossing = { crossRegionReferences: deployment.region !== DELIVERY_REGION };
  const pictures = new ImagesStack(app, idOf('images'), { ...props, ...crossing, images });
  const delivery = new DeliveryStack(app, idOf('delivery'), {
    ...props,
    ...crossing,
    images,
    imageUrl: pictures.imageUrl,
  });
  const jobs = new JobsStack(app, idOf('jobs'), {
    ...props,
    ...crossing,
    images,
    cdns,
    distribution: delivery.distribution,
  });
  const analysis = new AnalysisStack(app, idOf('analysis'), props);
  const monitoring = new MonitoringStack(app, idOf('monitoring'), { ...props, scaling, keyPrefix });
  inOrder(pictures, delivery, jobs, analysis, monitoring);
  return { images: pictures, delivery, jobs, analysis, monitoring };
}

/** Headrace-Images; Headrace-Staging-Images. */
export function stackId(
  { stage, isProduction }: Pick<Deployment, 'stage' | 'isProduction'>,
  name: StackName,
) {
  return ['headrace', ...(isProduction ? [] : [stage]), name].map(capitalised).join('-');
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** They find each other by name, so CDK does not see who needs whom. */
function inOrder(...stacks: readonly Stack[]): void {
  stacks.forEach((stack, at) => {
    for (const before of stacks.slice(0, at)) stack.addStackDependency(before);
  });
}

function refuseWrong(topology: Topology): void {
  const problems = checkTopology(topology);
  if (problems.length > 0)
    throw new RangeError(`infra/topology.ts cannot be deployed: ${problems.join('; ')}`);
}
