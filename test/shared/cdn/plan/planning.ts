/** What tests plan with: the CDNs as they are, and orders of many things. */

import type { CdnCapabilities } from '../../../../shared/cdn/capabilities.ts';
import type { InvalidationOrder } from '../../../../shared/cdn/order.ts';
import { planInvalidation } from '../../../../shared/cdn/plan/plan-invalidation.ts';
import { cloudFrontCapabilities, cloudflareCapabilities } from '../../../../shared/cdn/providers/limits.ts';

export const cloudfront = cloudFrontCapabilities({ tags: true });
export const cloudflare = cloudflareCapabilities('free');

export const plan = (
  order: InvalidationOrder,
  capabilities: CdnCapabilities,
  options: { hosts?: readonly string[]; collapseAbove?: number } = {},
) => planInvalidation({ order, tagsAtCdn: order.tags ?? [] }, { capabilities, hosts: [], ...options });

export const targetsOf = (...args: Parameters<typeof plan>) =>
  plan(...args).calls.flatMap(({ targets }) => targets);
export const urls = (count: number, at = 'https://a.example/p/') =>
  Array.from({ length: count }, (_, i) => `${at}${i}`);
export const tags = (count: number) => Array.from({ length: count }, (_, i) => `t${i}`);
