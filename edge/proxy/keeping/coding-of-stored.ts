/**
 * The fields of a stored response as the origin knows them, and back: it knows nothing of a coding that Headrace chose.
 *
 * Errors  none
 * Source  RFC 9110 §8.8.3.3; RFC 9111 §4.3.4
 */

import { parseResponseDirectives } from '../../../shared/http/cache-control.ts';
import { compressedFields, varyByEncoding } from '../../../shared/http/compression.ts';
import { type Fields, withoutFields } from '../../../shared/http/fields.ts';
import { withOriginTag } from '../../../shared/http/tag-of-coding.ts';
import type { Stored } from '../stored.ts';

/** To revalidate by, and to compare the origin's answer with. */
export function fieldsAtOrigin({ fields, coding }: Stored): Fields {
  if (coding === undefined || coding === 'identity') return fields;
  return withoutFields(withOriginTag(fields), ['content-encoding']);
}

/** A 304 may say no-transform of what has been transformed already: then it says nothing of the bytes that are stored. */
export function mayStayInCoding({ coding = 'identity' }: Stored, notModified: Fields): boolean {
  return coding === 'identity' || !parseResponseDirectives(notModified).noTransform;
}

/** The origin's newer fields for the bytes that are stored. */
export function fieldsInCoding(fields: Fields, coding: Stored['coding']): Fields {
  if (coding === undefined) return fields;
  return coding === 'identity' ? varyByEncoding(fields) : compressedFields(fields, coding);
}
