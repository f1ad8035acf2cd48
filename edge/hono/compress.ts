/**
 * Compresses what the handlers answer, by what the client takes. What `cache()` keeps is compressed once, when it is stored:
 * put this outside of it, for all that is not kept, and `conditional()` outside of this, to see the tag of what is sent.
 *
 * Cost    a body that can shrink is read to its end, and compressed for each response
 * Source  RFC 9110 §8.4, §12.5.3, §12.5.5
 */

import type { MiddlewareHandler } from 'hono';
import {
  COMPRESSION_DEFAULTS,
  type Codec,
  compressedFields,
  decideCompression,
  isWorthKeeping,
  varyByEncoding,
} from '../../shared/http/compression.ts';
import { declaredLength, type Fields, fieldsOf, withFields } from '../../shared/http/fields.ts';
import { CODECS } from '../adapters/codecs.ts';
import { encodedResponse } from '../adapters/encoded-response.ts';
import { respond, takeResponse } from './respond.ts';

export function compress(codecs: readonly Codec[] = CODECS): MiddlewareHandler {
  const byName = new Map(codecs.map(codec => [codec.name, codec]));
  const codings = COMPRESSION_DEFAULTS.codings.filter(name => byName.has(name));
  const options = { ...COMPRESSION_DEFAULTS, codings };

  async function compressed(request: Fields, response: Response): Promise<Response> {
    const { status } = response;
    const fields = fieldsOf(response.headers);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const asItIs = () => encodedResponse(status, varyByEncoding(fields), bytes);
    const decision = decideCompression(
      { requestFields: request, status, fields, bodyBytes: bytes.byteLength },
      options,
    );
    if (!decision.compress) return asItIs();
    const coded = await byName.get(decision.coding)?.compress(bytes);
    if (!coded || !isWorthKeeping(bytes.byteLength, coded.byteLength)) return asItIs();
    const length = String(coded.byteLength);
    const told = withFields(compressedFields(fields, decision.coding), [['content-length', length]]);
    return encodedResponse(status, told, coded);
  }

  return async function compress(c, next) {
    const request = fieldsOf(c.req.raw.headers);
    await next();
    if (c.req.method === 'HEAD' || !c.res.body) return;
    const fields = fieldsOf(c.res.headers);
    const bodyBytes = declaredLength(fields) ?? options.minBytes;
    const first = decideCompression(
      { requestFields: request, status: c.res.status, fields, bodyBytes },
      options,
    );
    // What cannot shrink is not even read: it may be long, or have no end.
    if (first.compress) respond(c, await compressed(request, takeResponse(c)));
    else if (first.why === 'not-accepted') c.res.headers.append('vary', 'Accept-Encoding');
  };
}
