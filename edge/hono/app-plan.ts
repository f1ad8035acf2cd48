/**
 * A middleware's options as the plan that the proxy carries out: one route, whose origin is the application itself.
 *
 * Shape   the words of a route in headrace.config.ts -> Plan
 * Errors  AppPlanError with a sentence that names the wrong option
 */

import { type ConfigInput, parseConfig } from '../../shared/config/config.ts';
import { createPlan, type Plan } from '../../shared/config/plan.ts';
import type { Route } from '../../shared/config/route.ts';
import { parseSettings } from '../../shared/config/settings.ts';

export type AppRoute = Omit<NonNullable<ConfigInput['routes']>[number], 'match' | 'origin' | 'ttl'>;

export class AppPlanError extends Error {
  override readonly name = 'AppPlanError';
}

/** Never asked by this address: handlers are called, not fetched. */
const APP_URL = 'http://app.invalid';

export function planOfApp(route: AppRoute): Plan {
  const config = { origins: { default: { url: APP_URL } }, routes: [{ ...route, match: '/*' }] };
  const checked = parseConfig(config);
  if (!checked.ok) throw new AppPlanError(checked.sentence.replace(/^[^:]*: routes\[0\]\.?/, 'cache(): '));
  const settings = parseSettings({});
  const planned = settings.ok ? createPlan(checked.config, settings.settings) : settings;
  if (!planned.ok) throw new AppPlanError(planned.sentence);
  const { plan } = planned;
  const { rules, select } = plan.routes;
  return { ...plan, routes: { rules, select: path => askedOnce(select(path)) } };
}

const routes = new WeakMap<Route, Route>();

/** A handler runs once for a request, so it is given at once what Headrace would send only when Vary asks for it. */
function askedOnce(route: Route): Route {
  const known = routes.get(route) ?? { ...route, sendQuiet: true };
  routes.set(route, known);
  return known;
}
