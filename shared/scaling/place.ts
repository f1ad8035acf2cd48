/**
 * What is scaled, as Application Auto Scaling names it: of a construct of ours, or of an ARN of yours.
 *
 * Shape   arn:aws:ecs:…:service/cluster/name -> service/cluster/name; arn:aws:lambda:…:function:name:alias -> function:name:alias
 * Errors  RangeError naming the setting, for an ARN of anything else
 * Source  Application Auto Scaling API Reference, RegisterScalableTarget: ResourceId
 */

import type { TargetKind } from './rule.ts';

export interface ScalablePlace {
  readonly kind: TargetKind;
  readonly resourceId: string;
}

export const SCALABLE = {
  ecs: { namespace: 'ecs', dimension: 'ecs:service:DesiredCount' },
  lambda: { namespace: 'lambda', dimension: 'lambda:function:ProvisionedConcurrency' },
} as const;

const SERVICE = /^arn:[a-z-]+:ecs:[a-z0-9-]+:\d{12}:service\/([A-Za-z0-9_-]{1,255}\/[A-Za-z0-9_-]{1,255})$/;
const ALIAS = /^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:([A-Za-z0-9_-]{1,64}):([A-Za-z0-9_-]{1,128})$/;

/** `setting` is named where the ARN is wrong. */
export function placeOfArn(arn: string, setting: string): ScalablePlace {
  const [, service] = SERVICE.exec(arn) ?? [];
  if (service !== undefined) return { kind: 'ecs', resourceId: `service/${service}` };
  const [, name, alias] = ALIAS.exec(arn) ?? [];
  if (name === undefined)
    throw new RangeError(
      `${setting} must be the ARN of an ECS service (with its cluster) or of a Lambda alias, got ${arn}`,
    );
  // A number is a version: its provisioned concurrency would be left behind by the next deployment.
  if (/^\d+$/.test(String(alias)))
    throw new RangeError(`${setting} must name an alias, which ${arn} does not: it names a version`);
  return { kind: 'lambda', resourceId: `function:${name}:${alias}` };
}

export function placeOfService(service: {
  readonly serviceName: string;
  readonly cluster: { readonly clusterName: string };
}): ScalablePlace {
  return { kind: 'ecs', resourceId: `service/${service.cluster.clusterName}/${service.serviceName}` };
}

export function placeOfAlias(alias: {
  readonly aliasName: string;
  readonly lambda: { readonly functionName: string };
}): ScalablePlace {
  return { kind: 'lambda', resourceId: `function:${alias.lambda.functionName}:${alias.aliasName}` };
}
