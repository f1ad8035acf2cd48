/**
 * The pictures: where they and what is made of them lie, and the function that makes them.
 */

import type { Construct } from 'constructs';
import type { ImageSettingsInput } from '../../shared/images/settings.ts';
import { placeOfAlias } from '../../shared/scaling/place.ts';
import { SCALING } from '../../shared/scaling/presets.ts';
import type { Topology } from '../check-topology.ts';
import { distributionsOf, letCloudFrontAsk, letCloudFrontRead } from '../constructs/cloudfront-access.ts';
import { DeployedStack, type DeployedStackProps, nameOf } from '../constructs/deployed-stack.ts';
import { JobServices } from '../constructs/job-services.ts';
import { ScaledTarget } from '../constructs/scaled-target.ts';
import { type Door, LIVE } from '../constructs/topology-function.ts';
import { metricsNamespace } from '../constructs/watching.ts';
import { responseTimeMetric } from '../monitoring/cloudwatch-signal.ts';
import { drawBuckets, drawFunctions } from './parts.ts';

export interface ImagesStackProps extends DeployedStackProps {
  readonly topology: Topology;
  /** What was decided about images. @default the function's own defaults */
  readonly images?: ImageSettingsInput | undefined;
}

export class ImagesStack extends DeployedStack {
  /** The image function's address; undefined where the topology has none. */
  readonly imageUrl: string | undefined;

  constructor(scope: Construct, id: string, { topology, images, ...props }: ImagesStackProps) {
    super(scope, id, props);
    const part = { name: 'images', topology } as const;
    const buckets = drawBuckets(this, part);
    const jobs = new JobServices(this, 'jobs', { queues: Object.keys(topology.queues) });
    const drawn = drawFunctions(this, { ...part, jobs, images });
    const door = drawn.get('optimize-image')?.door;
    this.imageUrl = door?.url;
    if (door) this.#keepReady(door);
    if (this.deployment.cdn.kind === 'none') return;
    const variants = buckets.get('variants');
    if (variants) letCloudFrontRead(variants, distributionsOf(this));
    if (door) letCloudFrontAsk(door.live, distributionsOf(this));
  }

  /** As many as the preset says, so that no picture waits for one to start. */
  #keepReady({ live }: Door): void {
    const { preset, prefix } = this.deployment;
    const rules = SCALING[preset].images;
    if (rules.length === 0) return;
    const name = nameOf(this, 'optimize-image');
    new ScaledTarget(this, 'ready', {
      name,
      place: placeOfAlias({ aliasName: LIVE, lambda: { functionName: name } }),
      rules,
      metrics: { 'response-time': responseTimeMetric(metricsNamespace(prefix)) },
    }).node.addDependency(live);
  }
}
