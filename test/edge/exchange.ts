/**
 * Exchanges for tests of single steps: a request as it comes in, seen through a configuration.
 */

import type { CacheableExchange, Exchange } from '../../edge/proxy/exchange.ts';
import { receive } from '../../edge/proxy/receive.ts';
import { type ConfigInput, parseConfig } from '../../shared/config/config.ts';
import { createPlan, type Plan } from '../../shared/config/plan.ts';
import { type Environment, parseSettings } from '../../shared/config/settings.ts';
import type { Fields } from '../../shared/http/fields.ts';

export const ORIGIN_URL = 'http://origin.example';

export function planOf(config: ConfigInput = {}, environment: Environment = {}): Plan {
  const checked = parseConfig(config);
  const settings = parseSettings({ ORIGIN_URL, ...environment });
  if (!checked.ok) throw new Error(checked.sentence);
  if (!settings.ok) throw new Error(settings.sentence);
  const planned = createPlan(checked.config, settings.settings);
  if (!planned.ok) throw new Error(planned.sentence);
  return planned.plan;
}

export interface Incoming {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Node forbids Host, Upgrade and others in a Request; the edge reads fields from `headers` alone. */
export function requestOf({ path = '/page', method = 'GET', headers = {}, body }: Incoming = {}): Request {
  const request = new Request(`http://shop.example${path}`, {
    method,
    ...(body !== undefined && { body, duplex: 'half' }),
  });
  for (const name of [...request.headers.keys()]) request.headers.delete(name);
  const fields = new Headers(headers);
  return new Proxy(request, {
    get: (target, name) => {
      const value: unknown = name === 'headers' ? fields : Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

export function receiveIn(incoming: Incoming, plan = planOf()) {
  const request = requestOf(incoming);
  return receive(request, new URL(request.url), plan);
}

export function cacheable(incoming: Incoming = {}, plan = planOf()): CacheableExchange {
  const received = receiveIn(incoming, plan);
  if (received.kind !== 'cacheable') throw new Error(`it is ${received.kind}`);
  return received.exchange;
}

export function passing(incoming: Incoming, plan = planOf()): Exchange {
  const received = receiveIn(incoming, plan);
  if (received.kind !== 'pass') throw new Error(`it is ${received.kind}`);
  return received.exchange;
}

export const namesOf = (fields: Fields) => fields.map(([name]) => name).sort();
