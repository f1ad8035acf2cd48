/**
 * What the local CloudFront knows: its own distribution, and those that headrace.config.ts names.
 *
 * Shape   configuration -> id -> { tags }
 */

import type { Config } from '../../shared/config/config.ts';
import type { Distribution } from './aws/cloudfront/invalidations.ts';
import { LOCAL_DISTRIBUTION } from './aws/start.ts';

export function localDistributions({ cdns }: Pick<Config, 'cdns'>): Readonly<Record<string, Distribution>> {
  const named = Object.values(cdns).flatMap(cdn =>
    cdn.vendor === 'cloudfront' ? [[cdn.distributionId, { tags: cdn.tags }] as const] : [],
  );
  return { [LOCAL_DISTRIBUTION]: { tags: true }, ...Object.fromEntries(named) };
}
