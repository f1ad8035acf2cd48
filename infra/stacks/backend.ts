/**
 * Everything behind the edge: the functions, queues, schedules and buckets of the topology, and nothing else.
 *
 * Errors  a topology that AWS would refuse, or that would deliver messages twice, is a RangeError naming the settings
 */

import { CfnOutput, SecretValue, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ImageSettingsInput } from '../../shared/images/settings.ts';
import { checkTopology, type Topology } from '../check-topology.ts';
import { CronEntry } from '../constructs/cron-entry.ts';
import { EdgePolicy } from '../constructs/edge-policy.ts';
import { JobQueue } from '../constructs/job-queue.ts';
import { JobServices } from '../constructs/job-services.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { TopologyFunction } from '../constructs/topology-function.ts';

export interface BackendProps extends StackProps {
  readonly topology: Topology;
  /** Where the edge answers. Without it the triggers of the functions that call the edge are drawn disabled. */
  readonly edgeUrl: string | undefined;
  /** Where the jobs' Redis and database are named. Without it the triggers of their functions are drawn disabled. */
  readonly jobsSecret?: string | undefined;
  /** What was decided about images. @default the function's own defaults */
  readonly images?: ImageSettingsInput;
  /** A secret that holds the edge's IMAGE_SIGNING_KEYS as they are written there. Without it image jobs ask unsigned. */
  readonly imageKeysSecret?: string | undefined;
}

export class BackendStack extends Stack {
  constructor(scope: Construct, id: string, { topology, ...given }: BackendProps) {
    const { edgeUrl, jobsSecret, images, imageKeysSecret, ...props } = given;
    super(scope, id, props);
    refuseWrong(topology);
    const buckets = mapEntries(
      topology.buckets,
      (name, spec) => new PrivateBucket(this, `${name}-bucket`, spec),
    );
    const queues = mapEntries(
      topology.queues,
      (name, spec) => new JobQueue(this, `${name}-queue`, { name, ...spec }),
    );
    const jobs = new JobServices(this, 'jobs', { queues, secretName: jobsSecret });
    const imageKeys = imageKeysSecret && SecretValue.secretsManager(imageKeysSecret).unsafeUnwrap();
    const functions = mapEntries(
      topology.functions,
      (name, spec) =>
        new TopologyFunction(this, name, { spec, edgeUrl, buckets, queues, jobs, images, imageKeys }),
    );
    const tender = functions.get('tend-jobs');
    if (tender)
      mapEntries(
        topology.crons ?? {},
        (name, spec) =>
          new CronEntry(this, `${name}-cron`, { name, spec, target: tender.drawn, enabled: tender.enabled }),
      );

    const edge = new EdgePolicy(this, 'edge', {
      queues: [...queues.values()],
      payloads: buckets.get('data'),
    });
    new CfnOutput(this, 'edge-policy', { value: edge.arn });
    for (const [name, { bucketName }] of buckets)
      new CfnOutput(this, `${name}-bucket-name`, { value: bucketName });
    for (const [name, { url }] of functions) if (url) new CfnOutput(this, `${name}-url`, { value: url });
    for (const [name, { queue }] of queues)
      new CfnOutput(this, `${name}-queue-url`, { value: queue.queueUrl });
  }
}

function refuseWrong(topology: Topology): void {
  const problems = checkTopology(topology);
  if (problems.length > 0)
    throw new RangeError(`infra/topology.ts cannot be deployed: ${problems.join('; ')}`);
}

function mapEntries<From, To>(
  record: Readonly<Record<string, From>>,
  draw: (name: string, value: From) => To,
): ReadonlyMap<string, To> {
  return new Map(Object.entries(record).map(([name, value]) => [name, draw(name, value)]));
}
