/**
 * The jobs and what keeps the caches true: queues, the functions that work on them, schedules, and what the edge may do.
 */

import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../../shared/config/config.ts';
import type { ImageSettingsInput } from '../../shared/images/settings.ts';
import type { Topology } from '../check-topology.ts';
import { BucketEvents } from '../constructs/bucket-events.ts';
import { CronEntry } from '../constructs/cron-entry.ts';
import { bucketPlace, DeployedStack, type DeployedStackProps, nameOf } from '../constructs/deployed-stack.ts';
import { EdgePolicy } from '../constructs/edge-policy.ts';
import { JobQueue } from '../constructs/job-queue.ts';
import { JobSchedules, JobServices } from '../constructs/job-services.ts';
import { secretText } from '../constructs/secret-text.ts';
import type { DistributionPlace, TopologyFunction } from '../constructs/topology-function.ts';
import { drawBuckets, drawFunctions } from './parts.ts';

export interface JobsStackProps extends DeployedStackProps {
  readonly topology: Topology;
  readonly images?: ImageSettingsInput | undefined;
  readonly cdns?: Config['cdns'] | undefined;
  readonly distribution?: DistributionPlace | undefined;
}

export class JobsStack extends DeployedStack {
  constructor(
    scope: Construct,
    id: string,
    { topology, images, cdns, distribution, ...props }: JobsStackProps,
  ) {
    super(scope, id, props);
    const part = { name: 'jobs', topology } as const;
    const queues = jobQueuesOf(topology);
    drawBuckets(this, part);
    this.#drawQueues(topology);
    const schedules = new JobSchedules(this, 'schedules', queues);
    const jobs = new JobServices(this, 'jobs', { queues, schedules });
    const { imageKeysSecret } = this.deployment;
    const imageKeys = imageKeysSecret && secretText(imageKeysSecret);
    const functions = drawFunctions(this, { ...part, jobs, images, imageKeys, cdns, distribution });
    this.#drawCrons(topology, functions.get('tend-jobs'));
    this.#drawPolicy(topology);
  }

  #drawQueues({ queues }: Topology): void {
    for (const [name, spec] of Object.entries(queues)) {
      const queue = new JobQueue(this, `${name}-queue`, { name, ...spec });
      new CfnOutput(this, `${name}-queue-url`, { value: queue.queue.queueUrl });
      if (spec.fedBy) new BucketEvents(this, `${name}-events`, { bucket: spec.fedBy, queue });
    }
  }

  #drawCrons({ crons = {} }: Topology, tender: TopologyFunction | undefined): void {
    if (!tender) return;
    for (const [name, spec] of Object.entries(crons))
      new CronEntry(this, `${name}-cron`, { name, spec, target: tender.drawn, enabled: tender.enabled });
  }

  #drawPolicy(topology: Topology): void {
    const { buckets, functions } = topology;
    const asked = Object.entries(functions).flatMap(([name, { url }]) => (url ? [name] : []));
    const invoked = Object.entries(functions).flatMap(([name, { calledByEdge }]) =>
      calledByEdge ? [name] : [],
    );
    const payloads = Object.hasOwn(buckets, 'data') ? bucketPlace(this, 'data') : undefined;
    const edge = new EdgePolicy(this, 'edge', {
      queues: jobQueuesOf(topology),
      payloads,
      ...(Object.hasOwn(buckets, 'assets') && { assets: bucketPlace(this, 'assets') }),
      asked,
      invoked,
    });
    new CfnOutput(this, 'edge-policy', { value: edge.arn });
    new CfnOutput(this, 'functions-url', { value: functionsUrl(this) });
  }
}

/** What the edge puts a function's name behind, to invoke it. */
function functionsUrl(stack: JobsStack): string {
  const { region, urlSuffix } = stack;
  return `https://lambda.${region}.${urlSuffix}/2015-03-31/functions/${nameOf(stack, '')}`;
}

/** All but those that are filled by what happens in a bucket. */
function jobQueuesOf({ queues }: Topology): readonly string[] {
  return Object.entries(queues).flatMap(([name, { fedBy }]) => (fedBy ? [] : [name]));
}
