/**
 * The body of every error of Headrace's own, as a schema.
 *
 * Source  RFC 9457 §3
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';
import type { ApiProblem } from './route.ts';

export const PROBLEM = lazy(() =>
  z.looseObject({
    type: z.literal('about:blank'),
    title: z.string().check(z.describe('What went wrong, in a few words; the same for every occurrence.')),
    status: z.int().check(z.minimum(400), z.maximum(599)),
    code: z.string().check(z.describe('Stable, to program against.')),
    detail: z.optional(z.string()).check(z.describe('What went wrong this time, and what to do about it.')),
  }),
);

/** Of every route that takes the token. */
export const TOKEN_PROBLEMS: readonly ApiProblem[] = [
  { status: 401, code: 'ADMIN_TOKEN_WRONG', says: 'The token is missing or not one of ADMIN_TOKEN.' },
  { status: 401, code: 'ADMIN_CLOSED', says: 'No ADMIN_TOKEN is set: the admin API is closed.' },
];

/** Of every route. */
export const COMMON_PROBLEMS: readonly ApiProblem[] = [
  { status: 500, code: 'EDGE_FAULT', says: 'A defect of Headrace itself; the log has the reason.' },
  { status: 503, code: 'SETTING_WRONG', says: 'A setting is wrong, and the detail names it.' },
];
