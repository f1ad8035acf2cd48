/**
 * What whoever receives a response adds to it before it goes on: a Date where it has none, and its own line in Via.
 *
 * Units   epoch ms
 * Errors  none (total)
 * Source  RFC 9110 §6.6.1, §7.6.3
 */
import { type Fields, hasField } from './fields.ts';
import { formatHttpDate } from './http-date.ts';
import { appendVia } from './via.ts';

export function receivedFields(fields: Fields, receivedAt: number): Fields {
  const dated: Fields = hasField(fields, 'date') ? fields : [...fields, ['date', formatHttpDate(receivedAt)]];
  return appendVia(dated);
}
