/**
 * The plan by which pictures are cached: the project's own, with the image function as the only origin and one route.
 *
 * What a client says of caching never reaches the function, and the canonical path says all there is to say of a picture: so
 * nothing else is part of its key, nothing is compressed again, and the function's own Cache-Control decides.
 *
 * Shape   Plan -> Plan
 * Units   ms
 */

import type { Origin, Plan } from '../../shared/config/plan.ts';
import { createRoutes } from '../../shared/config/route.ts';

export const IMAGE_ORIGIN = 'images';
export const IMAGE_RULE = '/images/*';

export function imagePlanOf(plan: Plan, functionUrl: string): Plan {
  const { settings } = plan.images;
  const origin: Origin = {
    name: IMAGE_ORIGIN,
    url: functionUrl,
    // A cold start and reading the source come on top of the work.
    timeoutMs: settings.limits.timeoutMs + 10_000,
    host: 'origin',
    healthPath: '/',
  };
  const routes = createRoutes([], {
    profile: 'safe',
    forwardHeaders: [],
    compress: false,
    tracking: 'keep',
  });
  const route = { ...routes.select('/'), rule: IMAGE_RULE };
  return {
    ...plan,
    origins: new Map([[IMAGE_ORIGIN, origin]]),
    originOfHost: () => IMAGE_ORIGIN,
    routes: { rules: [IMAGE_RULE], select: () => route },
  };
}
