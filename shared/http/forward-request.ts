/**
 * The request headers that go to the origin, without those Headrace writes itself.
 *
 * Errors  none (total)
 * Source  RFC 9110 §7.6.1, §12.5.3
 */
import { normalizeAcceptEncoding } from './accept-encoding.ts';
import { type Fields, fieldValue } from './fields.ts';
import { withoutHopByHop } from './hop-by-hop.ts';
import { classifyRequestHeader, isNeverForwarded, type RequestHeaderNames } from './request-headers.ts';

export interface ForwardedRequest {
  /** Accept-Encoding is in its normal form; Host, Via, X-Forwarded-* and conditions are the caller's to add. */
  readonly fields: Fields;
  /** The unknown ones among them: `unnamedHeaders` of `decideStorable`. */
  readonly unnamedHeaders: readonly string[];
}

/** For a request that may be answered from the cache. */
export function selectForwardedFields(request: Fields, names: RequestHeaderNames): ForwardedRequest {
  const classified = withoutHopByHop(request).map(field => ({
    field,
    kind: classifyRequestHeader(field[0], names),
  }));
  const sent = classified
    .filter(({ kind }) => kind === 'forward' || kind === 'unknown')
    .map(({ field }) => field);
  const unknown = classified.filter(({ kind }) => kind === 'unknown').map(({ field }) => field[0]);
  return { fields: [...sent, ...acceptEncoding(request)], unnamedHeaders: [...new Set(unknown)] };
}

/** For any other request: it loses only what no method may carry to the origin. */
export function selectPassedFields(request: Fields, forwarded: ReadonlySet<string>): Fields {
  return withoutHopByHop(request).filter(([name]) => !isNeverForwarded(name, forwarded));
}

function acceptEncoding(request: Fields): Fields {
  const normal = normalizeAcceptEncoding(fieldValue(request, 'accept-encoding'));
  return normal === undefined ? [] : [['accept-encoding', normal]];
}
