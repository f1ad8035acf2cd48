/**
 * What the routes of the outbox answer.
 *
 * Units   milliseconds
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';

export const OUTBOX_DRAINED = lazy(() =>
  z.object({
    state: z
      .enum(['current', 'behind', 'absent'])
      .check(
        z.describe(
          'current: all is purged that was committed when the last read began; behind: time was over; absent: no table is watched.',
        ),
      ),
    changes: said(z.int(), 'How many were purged, and are forgotten.'),
    tags: z.int(),
    purges: z.int(),
    refused: said(z.int(), 'Tags that no page can bear.'),
    lagMs: said(z.number(), 'The longest that one of them had waited.'),
  }),
);

export const OUTBOX = lazy(() =>
  z.object({
    state: z.enum(['current', 'waiting', 'absent']),
    changes: said(z.int(), 'How many wait to be purged.'),
    lagMs: said(z.number(), 'Since the oldest of them was written.'),
  }),
);

export type OutboxDrained = z.output<ReturnType<typeof OUTBOX_DRAINED>>;
export type Outbox = z.output<ReturnType<typeof OUTBOX>>;

function said<Schema extends z.ZodMiniType>(schema: Schema, words: string): Schema {
  return schema.check(z.describe(words));
}
