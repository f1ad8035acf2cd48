/**
 * Google Cloud CDN: invalidates a path of a URL map, or up to ten tags, in one call.
 *
 * Errors  as the port; 403 with the reason rateLimitExceeded is a throttle, any other is not
 * Cost    as the port; an invalidation is free, and takes some ten seconds
 * Source  Compute Engine API, urlMaps.invalidateCache, globalOperations.get; Cloud CDN docs, "Cache invalidation overview"
 */

import { digestText, hexOf } from '../../primitives/hash.ts';
import type { CdnCall, CdnProvider, SendOutcome, Standing } from '../provider.ts';
import { GOOGLE_CAPABILITIES } from './limits.ts';
import { fieldsOf, listOf, textOf, wordsOf } from './read-answer.ts';
import { type Answered, askVendor, outcomeOfFailure, silent, type VendorDeps } from './vendor-call.ts';

export interface GoogleOptions {
  readonly name: string;
  readonly project: string;
  readonly urlMap: string;
  /** @default 'https://compute.googleapis.com/compute/v1' */
  readonly apiUrl?: string | undefined;
}

const GOOGLE_API = 'https://compute.googleapis.com/compute/v1';

export function createGoogle(options: GoogleOptions, deps: VendorDeps): CdnProvider {
  const { name, project, urlMap, apiUrl = GOOGLE_API } = options;
  const global = `/projects/${encodeURIComponent(project)}/global`;
  return {
    name,
    capabilities: GOOGLE_CAPABILITIES,
    async send(call, { reference, signal }) {
      const requestId = await requestIdOf(reference);
      const path = `${global}/urlMaps/${encodeURIComponent(urlMap)}/invalidateCache?requestId=${requestId}`;
      const answer = await askVendor({ method: 'POST', apiUrl, path, body: bodyOf(call) }, deps, signal);
      return answer.kind === 'silent' ? silent(answer) : outcomeOf(answer, deps);
    },
    async look(id, { signal }) {
      const path = `${global}/operations/${encodeURIComponent(id)}`;
      const answer = await askVendor({ method: 'GET', apiUrl, path }, deps, signal);
      return answer.kind === 'silent' ? { kind: 'unknown', message: answer.message } : standingOf(answer);
    },
  };
}

/** A call holds one path, or tags. */
function bodyOf({ targets }: CdnCall): object {
  const [first] = targets;
  switch (first?.kind) {
    case 'url':
      return { path: first.path, host: first.host };
    case 'prefix':
      return { path: `${first.path}*`, host: first.host };
    case 'host':
      return { path: '/*', host: first.host };
    case 'tag':
      return { cacheTags: targets.flatMap(target => (target.kind === 'tag' ? [target.tag] : [])) };
    default:
      return { path: '/*' };
  }
}

/** A UUID made from the reference: the same request again is the same operation. */
async function requestIdOf(reference: string): Promise<string> {
  const digits = hexOf((await digestText(reference)).subarray(0, 16));
  const variant = '89ab'.charAt(Number.parseInt(digits.charAt(16), 16) % 4);
  const shaped = `${digits.slice(0, 12)}4${digits.slice(13, 16)}${variant}${digits.slice(17)}`;
  return shaped.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const THROTTLED = new Set<unknown>(['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded']);

function outcomeOf(answer: Answered, { clock }: VendorDeps): SendOutcome {
  const { name, status, error } = fieldsOf(answer.body);
  if (answer.status === 200 && typeof name === 'string')
    return error ? failedAtOnce(answer) : { kind: 'accepted', id: name, done: status === 'DONE' };
  const isThrottled = listOf(fieldsOf(error).errors).some(({ reason }) => THROTTLED.has(reason));
  return outcomeOfFailure(isThrottled ? { ...answer, status: 429 } : answer, saidBy(answer), clock);
}

function failedAtOnce(answer: Answered): SendOutcome {
  return { kind: 'failed', code: 'CDN_OPERATION_FAILED', message: saidBy(answer).slice(0, 300) };
}

function standingOf(answer: Answered): Standing {
  const { status, error } = fieldsOf(answer.body);
  if (answer.status !== 200) return { kind: 'unknown', message: `Its operation answered ${answer.status}` };
  if (status !== 'DONE') return { kind: 'in-progress' };
  return error ? { kind: 'failed', message: saidBy(answer).slice(0, 300) } : { kind: 'completed' };
}

function saidBy({ body }: Answered): string {
  const { message, errors } = fieldsOf(fieldsOf(body).error);
  return textOf(message) || wordsOf(listOf(errors)[0] ?? {});
}
