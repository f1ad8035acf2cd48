/**
 * An app for one test's stack: no bundling, so made-up entries need not exist, and no schema check, which loads for two
 * seconds and which test/infra/app.test.ts does once for all.
 */

import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DeployedStack } from '../../infra/constructs/deployed-stack.ts';
import { type Deployment, readDeployment } from '../../infra/deployment.ts';
import { type DrawOptions, drawStacks } from '../../infra/draw-stacks.ts';
import type { PropertiesOf } from './looked-at.ts';

export function createApp(): App {
  const context = { 'aws:cdk:bundling-stacks': [], 'aws:cdk:enable-path-metadata': true };
  return new App({ context, builtinCloudFormationValidation: false });
}

/** Its resources are named test-…. */
export function createStack(changed: Partial<Deployment> = {}): DeployedStack {
  const deployment = { ...readDeployment({}), prefix: 'test', ...changed };
  return new DeployedStack(createApp(), 'Test', { deployment });
}

export interface Resource<Type extends string = string> {
  readonly stack: string;
  readonly id: string;
  readonly Type: Type;
  readonly Properties: PropertiesOf<Type>;
  readonly DeletionPolicy?: string;
}

const drawnBefore = new Map<object, Map<string, Drawn>>();

/**
 * All that a whole deployment is made of, whichever stack it stands in. What was drawn of the same is not drawn again: to look
 * changes nothing, and drawing takes half a second.
 */
export function drawAll(
  options: Omit<DrawOptions, 'deployment'>,
  environment: Record<string, string> = {},
): Drawn {
  const { topology, ...rest } = options;
  const known = drawnBefore.get(topology) ?? new Map<string, Drawn>();
  drawnBefore.set(topology, known);
  const key = JSON.stringify([rest, environment]);
  const drawn = known.get(key) ?? draw(options, environment);
  known.set(key, drawn);
  return drawn;
}

function draw(options: Omit<DrawOptions, 'deployment'>, environment: Record<string, string>) {
  const deployment = readDeployment({
    EDGE_URL: 'https://edge.example',
    JOBS_SECRET: 'headrace/jobs',
    OUTBOX_SECRET: 'headrace/outbox',
    ...environment,
  });
  const stacks = drawStacks(createApp(), { ...options, deployment });
  const resources = Object.entries(stacks).flatMap(([stack, drawn]): Resource[] => {
    const { Resources = {} } = drawn ? Template.fromStack(drawn).toJSON() : {};
    return Object.entries(Resources).map(([id, resource]) => ({ ...(resource as Resource), stack, id }));
  });
  const of = <Type extends string>(type: Type) =>
    resources.filter((one): one is Resource<Type> => one.Type === type);
  const only = <Type extends string>(type: Type): PropertiesOf<Type> => {
    const [first] = of(type);
    if (!first) throw new Error(`no ${type} is drawn`);
    return first.Properties;
  };
  return { stacks, of, only };
}

export type Drawn = ReturnType<typeof draw>;
