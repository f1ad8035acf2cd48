/**
 * What a route may say about headers: which of the client's go to the origin, and which the client gets where the origin
 * has no word of its own.
 */

import * as z from 'zod';
import { HOP_BY_HOP_FIELDS } from '../http/hop-by-hop.ts';
import { fieldName, fieldValue } from './fields.ts';

/** By these a message is framed, its body read, its age and way told: nobody's to make up. */
const NOT_TO_BE_SAID: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP_FIELDS,
  'age',
  'cache-status',
  'content-encoding',
  'content-length',
  'content-range',
  'date',
  'etag',
  'last-modified',
  'set-cookie',
  'vary',
  'via',
]);

const responseName = fieldName.refine(
  name => !NOT_TO_BE_SAID.has(name.toLowerCase()),
  'must be a header that no one else answers for',
);

const transportSecurity = z.strictObject({
  maxAgeSeconds: z.int().min(0),
  includeSubDomains: z.boolean().exactOptional(),
  preload: z.boolean().exactOptional(),
});

const policy = z.union([fieldValue, z.literal(false)], 'must be the text of a header, or false');

const security = z.strictObject({
  /** X-Content-Type-Options: nosniff. @default true */
  noSniff: z.boolean().exactOptional(),
  /** X-Frame-Options. @default 'SAMEORIGIN' */
  frameOptions: z.enum(['DENY', 'SAMEORIGIN']).or(z.literal(false)).exactOptional(),
  /** @default 'strict-origin-when-cross-origin' */
  referrerPolicy: policy.exactOptional(),
  /** Cross-Origin-Opener-Policy. @default false */
  openerPolicy: policy.exactOptional(),
  /** @default false */
  permissionsPolicy: policy.exactOptional(),
  /** @default false */
  contentSecurityPolicy: policy.exactOptional(),
  /** Strict-Transport-Security, sent over https only. @default false */
  transportSecurity: transportSecurity.or(z.literal(false)).exactOptional(),
});

export const headersSchema = z.strictObject({
  /** Forwarded without being part of the key: a promise that the origin does not reflect them. */
  forward: z.array(fieldName).optional(),
  /** For the client, where the origin does not send them itself. */
  response: z.record(responseName, fieldValue).optional(),
  /** Headers that harden pages, where the origin does not send them itself; `true` for those that break none. */
  security: z
    .union([z.boolean(), security], 'must be true, false or an object of security headers')
    .optional(),
});

export type HeadersConfig = z.output<typeof headersSchema>;
