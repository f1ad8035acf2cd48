/**
 * What a route may say about headers: which of the client's go to the origin, and which the client gets where the origin
 * has no word of its own.
 */

import * as z from 'zod/mini';
import { HOP_BY_HOP_FIELDS } from '../http/hop-by-hop.ts';
import { lazy } from '../primitives/lazy.ts';
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

const responseName = () =>
  fieldName().check(
    z.refine(
      name => !NOT_TO_BE_SAID.has(name.toLowerCase()),
      'must be a header that no one else answers for',
    ),
  );

const transportSecurity = () =>
  z.strictObject({
    maxAgeSeconds: z.int().check(z.minimum(0)),
    includeSubDomains: z.exactOptional(z.boolean()),
    preload: z.exactOptional(z.boolean()),
  });

const policy = () => z.union([fieldValue(), z.literal(false)], 'must be the text of a header, or false');

const security = lazy(() =>
  z.strictObject({
    /** X-Content-Type-Options: nosniff. @default true */
    noSniff: z.exactOptional(z.boolean()),
    /** X-Frame-Options. @default 'SAMEORIGIN' */
    frameOptions: z.exactOptional(z.union([z.enum(['DENY', 'SAMEORIGIN']), z.literal(false)])),
    /** @default 'strict-origin-when-cross-origin' */
    referrerPolicy: z.exactOptional(policy()),
    /** Cross-Origin-Opener-Policy. @default false */
    openerPolicy: z.exactOptional(policy()),
    /** @default false */
    permissionsPolicy: z.exactOptional(policy()),
    /** @default false */
    contentSecurityPolicy: z.exactOptional(policy()),
    /** Strict-Transport-Security, sent over https only. @default false */
    transportSecurity: z.exactOptional(z.union([transportSecurity(), z.literal(false)])),
  }),
);

export const headersSchema = lazy(() =>
  z.strictObject({
    /** Forwarded without being part of the key: a promise that the origin does not reflect them. */
    forward: z.optional(z.array(fieldName())),
    /** For the client, where the origin does not send them itself. */
    response: z.optional(z.record(responseName(), fieldValue())),
    /** Headers that harden pages, where the origin does not send them itself; `true` for those that break none. */
    security: z.optional(
      z.union([z.boolean(), z.lazy(security)], 'must be true, false or an object of security headers'),
    ),
  }),
);

export type HeadersConfig = z.output<ReturnType<typeof headersSchema>>;
