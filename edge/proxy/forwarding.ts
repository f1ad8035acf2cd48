/**
 * Which of the client's header fields reach the origin, and in which words.
 *
 * On a cacheable request nothing unkeyed goes that could shape an answer for everyone; on any other only the fields of the
 * connection and those by which a client could speak for a proxy are taken away. What Headrace knows for a fact it says
 * itself: the client's address, host and scheme, and that the request came through here.
 *
 * Errors  none
 * Source  RFC 9110 §7.6; RFC 8586; the lists are in shared/http/request-header-names.ts
 */

import type { Route } from '../../shared/config/route.ts';
import { acceptClass } from '../../shared/http/accept-class.ts';
import { normalizeAcceptEncoding } from '../../shared/http/accept-encoding.ts';
import { parseCacheControl } from '../../shared/http/cache-control.ts';
import { appendCdnLoop, ownCdnLoop } from '../../shared/http/cdn-loop.ts';
import { type Field, type Fields, fieldValue, hasField, withFields } from '../../shared/http/fields.ts';
import { withoutHopByHop } from '../../shared/http/hop-by-hop.ts';
import { forwardsLeft } from '../../shared/http/max-forwards.ts';
import { plainDirectives } from '../../shared/http/plain-directives.ts';
import { reduceToFacets } from '../../shared/http/request-facets.ts';
import {
  classifyRequestHeader,
  isNeverForwarded,
  type RequestHeaderClass,
  type RequestHeaderNames,
} from '../../shared/http/request-headers.ts';
import { conditionsAtOrigin } from '../../shared/http/tag-of-coding.ts';
import { appendVia } from '../../shared/http/via.ts';
import type { Exchange, Forwarding } from './exchange.ts';

/** For a request that the cache may answer. */
export function forwardingOf(exchange: Exchange): Forwarding {
  const { route } = exchange;
  const { facets } = route.key;
  const fields = facets ? reduceToFacets(exchange.fields, facets) : exchange.fields;
  const names = namesOf(route);
  const isOf = (...kinds: RequestHeaderClass[]) => {
    return ([name]: Field) => kinds.includes(classifyRequestHeader(name, names));
  };
  // A hit needs to know of the unknown alone, and most requests have none.
  const hasUnknown = fields.some(field => isUnknown(field, names));
  return {
    fields() {
      const sent = withoutHopByHop(fields).filter(isOf('forward', 'unknown'));
      const own = [...acceptEncoding(fields), ...pragma(fields), ...facts(exchange)];
      return [...sent.flatMap(field => inPlainWords(field, names)), ...own, ...appendVia(ownCdnLoop(fields))];
    },
    quiet() {
      return withoutHopByHop(fields).filter(isOf('quiet'));
    },
    unknown: hasUnknown
      ? withoutHopByHop(fields)
          .filter(field => isUnknown(field, names))
          .map(([name]) => name)
      : [],
  };
}

/** A known name with a value that nobody else sends is as good as an unknown one. */
function isUnknown([name, value]: Field, names: RequestHeaderNames): boolean {
  if (classifyRequestHeader(name, names) === 'unknown') return true;
  return name === 'accept' && acceptClass(value) === 'peculiar' && !isNamed(name, names);
}

/** Nobody's business but the cache's: what only this client would say is left out, and the answer stored all the same. */
function inPlainWords(field: Field, names: RequestHeaderNames): Fields {
  const [name, value] = field;
  if (name !== 'cache-control' || isNamed(name, names)) return [field];
  const words = plainDirectives(value);
  return words === '' ? [] : [[name, words]];
}

function isNamed(name: string, { keyed, forwarded }: RequestHeaderNames): boolean {
  return keyed.has(name) || forwarded.has(name);
}

/** For a request that is none of the cache's business. */
export function passingFields(exchange: Exchange): Fields {
  const { forwarded } = namesOf(exchange.route);
  const kept = withoutHopByHop(conditionsAtOrigin(exchange.fields)).filter(
    ([name]) => !ANSWERED_HERE.has(name) && !isNeverForwarded(name, forwarded),
  );
  const upgrade: Fields = isWebSocket(exchange) ? [['upgrade', 'websocket']] : [];
  const left = forwardsLeft(exchange.method, exchange.fields);
  const limit: Fields = typeof left === 'number' ? [['max-forwards', String(left)]] : [];
  return appendVia(appendCdnLoop(withFields(kept, [...facts(exchange), ...upgrade, ...limit])));
}

/** An upgrade to anything else is declined by answering without it (RFC 9110 §7.8). */
export function isWebSocket({ method, fields }: Pick<Exchange, 'method' | 'fields'>): boolean {
  return method === 'GET' && fieldValue(fields, 'upgrade')?.trim().toLowerCase() === 'websocket';
}

/** The origin's 100 (Continue) would be taken for its answer, so it is not asked for one. */
const ANSWERED_HERE = new Set(['host', 'expect']);

/** What may tell variants apart: all that would be sent if the origin's Vary asked for it. */
export function facetFields({ fields, quiet }: Forwarding): Fields {
  return [...fields(), ...quiet()];
}

/** The same for every request of a route. */
function namesOf(route: Route): RequestHeaderNames {
  const known = namesOfRoutes.get(route);
  if (known) return known;
  const names = {
    keyed: new Set(route.key.headers),
    forwarded: new Set(route.forwardHeaders),
    sendQuiet: route.sendQuiet ?? false,
  };
  namesOfRoutes.set(route, names);
  return names;
}

const namesOfRoutes = new WeakMap<Route, RequestHeaderNames>();

function acceptEncoding(fields: Fields): Fields {
  const normalized = normalizeAcceptEncoding(fieldValue(fields, 'accept-encoding'));
  return normalized === undefined ? [] : [['accept-encoding', normalized]];
}

/** All that it can say (RFC 9111 §5.4). */
function pragma(fields: Fields): Fields {
  return parseCacheControl(fieldValue(fields, 'pragma')).noCache === false ? [] : [['pragma', 'no-cache']];
}

/** What FORWARD_HEADERS names is left to whoever stands in front and sets it. */
function facts({ client, fields, route }: Exchange): Fields {
  const known: Field[] = [
    ['x-forwarded-host', client.host],
    ['x-forwarded-proto', client.scheme],
  ];
  const address = client.address();
  if (address !== undefined) known.push(['x-forwarded-for', address]);
  return known.filter(([name]) => !(route.forwardHeaders.includes(name) && hasField(fields, name)));
}
