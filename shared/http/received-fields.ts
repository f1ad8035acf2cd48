/**
 * What whoever receives a response does to it before it goes on: a Date where it has none, its own line in Via, and no
 * Content-Length that Transfer-Encoding overrides.
 *
 * Units   epoch ms
 * Errors  none (total)
 * Source  RFC 9110 §6.6.1, §7.6.3; RFC 9112 §6.3
 */
import { type Fields, hasField, withoutFields } from './fields.ts';
import { formatHttpDate } from './http-date.ts';
import { appendVia } from './via.ts';

export function receivedFields(fields: Fields, receivedAt: number): Fields {
  const framed = withoutOverriddenLength(fields);
  const dated: Fields = hasField(framed, 'date') ? framed : [...framed, ['date', formatHttpDate(receivedAt)]];
  return appendVia(dated);
}

/** The body was framed by its coding (§6.3): promised on, the other length would leave the client waiting for the rest. */
function withoutOverriddenLength(fields: Fields): Fields {
  return hasField(fields, 'transfer-encoding') ? withoutFields(fields, ['content-length']) : fields;
}
