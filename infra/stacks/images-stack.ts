/**
 * The pictures: where they and what is made of them lie, and the function that makes them.
 */

import type { Construct } from 'constructs';
import type { ImageSettingsInput } from '../../shared/images/settings.ts';
import type { Topology } from '../check-topology.ts';
import { distributionsOf, letCloudFrontAsk, letCloudFrontRead } from '../constructs/cloudfront-access.ts';
import { DeployedStack, type DeployedStackProps } from '../constructs/deployed-stack.ts';
import { JobServices } from '../constructs/job-services.ts';
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
    const maker = drawn.get('optimize-image');
    this.imageUrl = maker?.url;
    if (this.deployment.cdn.kind === 'none') return;
    const variants = buckets.get('variants');
    if (variants) letCloudFrontRead(variants, distributionsOf(this));
    if (maker) letCloudFrontAsk(maker.drawn, distributionsOf(this));
  }
}
