/**
 * Asks the origin on behalf of the cache: with a condition where something is stored, and with those of the client's quiet
 * fields by which this URL's answers are known to vary. When the answer turns out to vary by more, it is asked once more.
 *
 * Shape   -> the answer or failure, and the quiet fields that were sent
 * Errors  as fetchOrigin
 * Cost    one origin request, two for the first answer that varies in a new way
 * Source  RFC 9111 §4.1, §4.3.1
 */

import type { CacheReading } from '../../../shared/cache/levels.ts';
import { revalidationFields } from '../../../shared/http/conditional.ts';
import type { Fields } from '../../../shared/http/fields.ts';
import { parseVary } from '../../../shared/http/vary.ts';
import type { CacheableExchange } from '../exchange.ts';
import { fieldsAtOrigin } from '../keeping/coding-of-stored.ts';
import type { KnownVary } from '../loading/known-vary.ts';
import type { Stored, StoredEntry } from '../stored.ts';
import { type FetchOriginDeps, fetchOrigin, type OriginAnswer, type OriginFailure } from './fetch-origin.ts';

export interface AskOriginDeps extends FetchOriginDeps {
  readonly knownVary: KnownVary;
}

export interface Asking {
  readonly exchange: CacheableExchange;
  readonly reading: Pick<CacheReading<Stored>, 'near' | 'far'>;
  readonly entry?: StoredEntry | undefined;
}

export interface Asked {
  readonly answer: OriginAnswer | OriginFailure;
  readonly sent: readonly string[];
}

export async function askOrigin(asking: Asking, deps: AskOriginDeps): Promise<Asked> {
  const { exchange, entry } = asking;
  const sent = quietNames(exchange, expectedVary(asking, deps.knownVary));
  const condition = entry ? revalidationFields(fieldsAtOrigin(entry.meta)) : [];
  const answer = await fetchOrigin(exchange, [...fieldsFor(exchange, sent), ...condition], deps);
  if (answer.kind === 'failure') return { answer, sent };
  const asksFor = quietNames(exchange, parseVary(answer.fields)).filter(name => !sent.includes(name));
  if (asksFor.length === 0) return { answer, sent };
  answer.response.body?.cancel().catch(() => undefined);
  const all = [...sent, ...asksFor];
  deps.knownVary.learn(exchange.key, all);
  return { answer: await fetchOrigin(exchange, fieldsFor(exchange, all), deps), sent: all };
}

function expectedVary({ exchange, reading: { near, far } }: Asking, knownVary: KnownVary): readonly string[] {
  return [...near.forks.names, ...(far?.forks.names ?? []), ...knownVary.of(exchange.key)];
}

/** Those of the names that this request has a quiet field for. */
function quietNames({ forwarding }: CacheableExchange, vary: readonly string[] | '*'): readonly string[] {
  const quiet = new Set(forwarding.quiet().map(([name]) => name));
  return vary === '*' ? [] : [...new Set(vary)].filter(name => quiet.has(name));
}

function fieldsFor({ forwarding }: CacheableExchange, sent: readonly string[]): Fields {
  return [...forwarding.fields(), ...forwarding.quiet().filter(([name]) => sent.includes(name))];
}
