/**
 * What a job of each type carries, as a schema that is built when the first job of that type comes by.
 *
 * Shape   type -> () -> schema
 */

import * as z from 'zod/mini';
import { INVALIDATION_ORDER } from '../cdn/order.ts';
import { lazy } from '../primitives/lazy.ts';
import { isWarmPath } from '../warm/paths.ts';

/** A full batch of ten jobs is what one run of the warmer takes. */
const MAX_PATHS_TO_WARM = 100;

const text = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest));
const name = () => text(200);
const objectKey = () => text(1_024);
const parameters = () => z._default(z.record(text(100), z.json()), {});
const listOf = <Item extends z.ZodMiniType>(item: Item, most: number) =>
  z.readonly(z.array(item).check(z.minLength(1), z.maxLength(most)));

export const PAYLOADS = {
  /** One object of the bucket, at one version, and what is to be done with it. */
  'file-processing': lazy(() =>
    z.strictObject({
      key: objectKey(),
      etag: z.exactOptional(name()),
      operation: name(),
      options: parameters(),
    }),
  ),
  'ai-training': lazy(() =>
    z.strictObject({ model: name(), dataset: objectKey(), hyperparameters: parameters() }),
  ),
  /** Of one document only the newest version counts. */
  'search-indexing': lazy(() =>
    z.discriminatedUnion('action', [
      z.strictObject({ action: z.literal('put'), ...document(), fields: z.record(text(200), z.json()) }),
      z.strictObject({ action: z.literal('remove'), ...document() }),
    ]),
  ),
  notifications: lazy(() =>
    z.strictObject({
      channel: z.enum(['email', 'sms', 'webhook', 'chat', 'pager']),
      /** The name of one of the deployment's targets: an address would be a secret in a row that many may read. */
      to: text(2_000),
      subject: z.exactOptional(text(500)),
      text: text(100_000),
      /** Of an alarm: pagers and chats make more of it than text. */
      alert: z.exactOptional(
        z.strictObject({
          id: name(),
          state: z.enum(['fired', 'recovered']),
          severity: z.enum(['info', 'warning', 'page']),
          at: z.int(),
          runbook: text(2_000),
        }),
      ),
    }),
  ),
  reports: lazy(() =>
    z.strictObject({ report: name(), format: z.enum(['csv', 'json', 'html']), parameters: parameters() }),
  ),
  invalidation: INVALIDATION_ORDER,
  /** Another database of the same server; without it the one that DATABASE_URL names. */
  analysis: lazy(() => z.strictObject({ database: z.exactOptional(name()) })),
  warming: lazy(() =>
    z.strictObject({
      paths: listOf(z.string().check(z.refine(isWarmPath, 'must be a path on the edge')), MAX_PATHS_TO_WARM),
    }),
  ),
} as const;

/** What whoever enqueues writes: members with a default may be left out. */
export type Payloads = {
  readonly [Type in keyof typeof PAYLOADS]: z.input<ReturnType<(typeof PAYLOADS)[Type]>>;
};

/** What the function that does the job gets. */
export type CheckedPayloads = {
  readonly [Type in keyof typeof PAYLOADS]: z.output<ReturnType<(typeof PAYLOADS)[Type]>>;
};

function document() {
  return { index: name(), document: name(), version: z.int().check(z.nonnegative()) };
}
