/**
 * Compresses what is kept, by what its client takes, once, when it is stored: hits then cost nothing and travel short.
 *
 * The client who missed gets the origin's bytes as they come, because to compress them for him would be to wait for all of
 * them. His response already says that it varies by Accept-Encoding; who takes another coding, or none, is another variant.
 *
 * Shape   stored form -> stored form
 * Errors  none; what a codec refuses is kept as it came
 * Cost    CPU time after the response
 * Source  RFC 9110 §8.4, §12.5.3, §12.5.5
 */

import {
  COMPRESSION_DEFAULTS,
  type Codec,
  type CompressionDecision,
  compressedFields,
  decideCompression,
  isWorthKeeping,
  varyByEncoding,
} from '../../../shared/http/compression.ts';
import { evaluateConditions, type SelectedResponse } from '../../../shared/http/conditional.ts';
import { declaredLength, type Fields, hasField, withFields } from '../../../shared/http/fields.ts';
import { type Coding, withTagOfCoding } from '../../../shared/http/tag-of-coding.ts';
import type { CacheableExchange } from '../exchange.ts';
import type { Stored } from '../stored.ts';

/** A response as it is stored. */
export interface Form {
  readonly meta: Stored;
  readonly body: Uint8Array<ArrayBuffer>;
}

export interface Encoder {
  encode(exchange: CacheableExchange, form: Form): Promise<Form>;
  /** What the first client is told of a response that will be stored like that. */
  announce(exchange: CacheableExchange, response: SelectedResponse): Fields;
}

export function createEncoder(codecs: readonly Codec[]): Encoder {
  const byName = new Map(codecs.map(codec => [codec.name, codec]));
  const options = {
    ...COMPRESSION_DEFAULTS,
    codings: COMPRESSION_DEFAULTS.codings.filter(name => byName.has(name)),
  };

  function decide(exchange: CacheableExchange, { status, fields, bodyBytes }: Judged): CompressionDecision {
    if (!exchange.route.compress || codecs.length === 0) return { compress: false, why: 'type' };
    // The client's no-transform is about what it gets itself, not about what others get after it.
    const requestFields = exchange.fields.filter(([name]) => name === 'accept-encoding');
    return decideCompression({ requestFields, status, fields, bodyBytes }, options);
  }

  async function compress({ meta, body }: Form, coding: Coding): Promise<Form> {
    const compressed = await byName.get(coding)?.compress(body);
    if (!compressed || !isWorthKeeping(body.byteLength, compressed.byteLength, options))
      return asItIs({ meta, body });
    const length = String(compressed.byteLength);
    const fields = withFields(compressedFields(meta.fields, coding), [['content-length', length]]);
    return { meta: { ...meta, fields, coding }, body: compressed };
  }

  return {
    async encode(exchange, form) {
      const { status, fields } = form.meta;
      const decision = decide(exchange, { status, fields, bodyBytes: form.body.byteLength });
      if (decision.compress) return compress(form, decision.coding).catch(() => asItIs(form));
      return decision.why === 'not-accepted' ? asItIs(form) : form;
    },
    announce(exchange, response) {
      const { status, fields } = response;
      const bodyBytes = declaredLength(fields) ?? options.minBytes;
      const decision = decide(exchange, { status, fields, bodyBytes });
      if (!decision.compress) return decision.why === 'not-accepted' ? varyByEncoding(fields) : fields;
      return recognise(exchange, { ...response, fields: varyByEncoding(fields) }, decision.coding);
    },
  };
}

interface Judged {
  readonly status: number;
  readonly fields: Fields;
  readonly bodyBytes: number;
}

/** For clients who take no coding that there is: others may have had one. */
function asItIs({ meta, body }: Form): Form {
  return { meta: { ...meta, fields: varyByEncoding(meta.fields), coding: 'identity' }, body };
}

/** A client that has the compressed form from before needs nothing new: it asks by that form's tag. */
function recognise({ fields: request }: CacheableExchange, plain: SelectedResponse, coding: Coding): Fields {
  const coded = { ...plain, fields: withTagOfCoding(plain.fields, coding) };
  const holds = (response: SelectedResponse) =>
    evaluateConditions('GET', request, response) === 'not-modified';
  return hasField(request, 'if-none-match') && !holds(plain) && holds(coded) ? coded.fields : plain.fields;
}
