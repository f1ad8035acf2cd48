/**
 * What a job of each type carries, as a schema that is built when the first job of that type comes by.
 *
 * Shape   type -> () -> schema
 */

import * as z from 'zod';
import { lazy } from '../primitives/lazy.ts';
import { isWarmPath } from '../warm/paths.ts';

/** A full batch of ten jobs is what one run of the warmer takes. */
const MAX_PATHS_TO_WARM = 100;

const name = () => z.string().min(1).max(200);
const objectKey = () => z.string().min(1).max(1_024);
const parameters = () => z.record(z.string().max(100), z.json()).default({});
const webUrl = () => z.url({ protocol: /^https?$/ }).max(8_000);

export const PAYLOADS = {
  /** One object of the bucket, at one version, and what is to be done with it. */
  'file-processing': lazy(() =>
    z.strictObject({
      key: objectKey(),
      etag: z.string().max(200).optional(),
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
      z.strictObject({ action: z.literal('put'), ...document(), fields: z.record(z.string(), z.json()) }),
      z.strictObject({ action: z.literal('remove'), ...document() }),
    ]),
  ),
  notifications: lazy(() =>
    z.strictObject({
      channel: z.enum(['email', 'sms', 'webhook', 'chat']),
      to: z.string().min(1).max(2_000),
      subject: z.string().max(500).optional(),
      text: z.string().min(1).max(100_000),
    }),
  ),
  reports: lazy(() =>
    z.strictObject({ report: name(), format: z.enum(['csv', 'json', 'html']), parameters: parameters() }),
  ),
  invalidation: lazy(() =>
    z.union([
      z.strictObject({ urls: z.array(webUrl()).min(1).max(3_000).readonly() }),
      z.strictObject({ tags: z.array(name()).min(1).max(3_000).readonly() }),
      z.strictObject({ everything: z.literal(true) }),
    ]),
  ),
  analysis: lazy(() => z.strictObject({ database: name() })),
  warming: lazy(() =>
    z.strictObject({
      paths: z.array(z.string().refine(isWarmPath)).min(1).max(MAX_PATHS_TO_WARM).readonly(),
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
  return { index: name(), document: name(), version: z.int().nonnegative() };
}
