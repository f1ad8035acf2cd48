/**
 * Cloudflare's purge as its documentation has it: one selector a call, a hundred items, the zone's own files, rates by plan, and
 * five minutes outside for whoever asks more than 1,200 times in five.
 */

import type { WireReply } from '../../../infra/local/loopback.ts';
import { bearerOf, bodyOf, createBucket, createWindow, json, type VendorFake } from './vendor.ts';

export interface CloudflareFakeOptions {
  readonly zoneId: string;
  readonly token: string;
  readonly hosts: readonly string[];
  readonly clock: () => number;
}

const SELECTORS = ['files', 'tags', 'prefixes', 'hosts', 'purge_everything'] as const;
const FIVE_MINUTES_MS = 5 * 60_000;

export function createCloudflareFake({ zoneId, token, hosts, clock }: CloudflareFakeOptions) {
  const taken: string[] = [];
  const soft: string[] = [];
  let [requests, beyond, shutUntil] = [0, 0, 0];
  const bulk = createBucket(clock, 25, 5 / 60);
  const files = createWindowOfItems(clock, 800, 1_000);
  const api = createWindow(clock, 1_200, FIVE_MINUTES_MS);

  function limit(selector: string, items: number): WireReply | undefined {
    if (clock() < shutUntil) return tooMany(shutUntil - clock());
    if (!api.take()) {
      shutUntil = clock() + FIVE_MINUTES_MS;
      return tooMany(FIVE_MINUTES_MS);
    }
    if (selector === 'files') return files.take(items) ? undefined : tooMany(1_000);
    return bulk.take() ? undefined : tooMany(bulk.freeInMs());
  }

  function tooMany(ms: number): WireReply {
    beyond += 1;
    const body = failure(971, 'Please wait and consider throttling your request speed');
    return json(429, body, { 'retry-after': String(Math.ceil(ms / 1_000)) });
  }

  function wrong(selector: string, value: unknown): string | undefined {
    if (selector === 'purge_everything') return value === true ? undefined : 'purge_everything must be true';
    if (!Array.isArray(value) || value.length === 0) return `${selector} must be a list`;
    if (value.length > 100) return `You may only purge 100 ${selector} per request`;
    const urls = value.map(item => (typeof item === 'string' ? item : (item as { url?: unknown }).url));
    if (selector === 'files' && !urls.every(url => isOfZone(String(url))))
      return 'Unable to purge: not this zone';
    if (selector === 'tags' && !value.every(tag => /^[!-+\--~]{1,1024}$/.test(tag))) return 'Invalid tag';
    if (selector === 'hosts' && !value.every(host => hosts.includes(host))) return 'Invalid host';
    if (
      selector === 'prefixes' &&
      !value.every(prefix => hosts.includes(prefix.split('/')[0]) && !/[?#]/.test(prefix))
    )
      return 'Invalid prefix';
    return undefined;
  }

  function isOfZone(url: string): boolean {
    return URL.canParse(url) && hosts.includes(new URL(url).host) && !url.includes('*');
  }

  return {
    answer(request) {
      const [, zone, action] =
        /^\/client\/v4\/zones\/([^/]+)\/(purge_cache|invalidate_cache)$/.exec(request.url) ?? [];
      requests += 1;
      if (bearerOf(request) !== token) return json(403, failure(10_000, 'Authentication error'));
      if (zone !== zoneId || request.method !== 'POST')
        return json(404, failure(7_003, 'Could not route to the zone'));
      const body = bodyOf(request) ?? {};
      const given = SELECTORS.filter(name => name in body);
      const [selector] = given;
      if (!selector || Object.keys(body).length !== 1)
        return json(400, failure(1_012, 'Exactly one of files, tags, …'));
      const value = body[selector];
      const words = wrong(selector, value);
      if (words) return json(400, failure(1_094, words));
      const items = Array.isArray(value) ? value : [selector];
      const refused = limit(selector, items.length);
      if (refused) return refused;
      for (const item of items) (action === 'invalidate_cache' ? soft : taken).push(textOf(selector, item));
      return json(200, { success: true, errors: [], messages: [], result: { id: zoneId } });
    },
    taken: () => taken,
    soft: () => soft as readonly string[],
    requests: () => requests,
    beyond: () => beyond,
  } satisfies VendorFake & { soft(): readonly string[] };
}

function textOf(selector: string, item: unknown): string {
  const text = typeof item === 'string' ? item : JSON.stringify(item);
  return `${selector} ${text}`;
}

function failure(code: number, message: string): object {
  return { success: false, errors: [{ code, message }], messages: [], result: null };
}

function createWindowOfItems(clock: () => number, most: number, windowMs: number) {
  let times: { at: number; items: number }[] = [];
  return {
    take(items: number): boolean {
      times = times.filter(({ at }) => at > clock() - windowMs);
      if (times.reduce((sum, each) => sum + each.items, 0) + items > most) return false;
      times.push({ at: clock(), items });
      return true;
    },
  };
}
