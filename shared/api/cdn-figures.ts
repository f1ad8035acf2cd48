/**
 * What the route of CDN figures takes and answers: what each CDN, and the edge itself, did in a window of days.
 *
 * Units   bytes, US dollars, instants epoch ms, ratios from 0 to 1; null where nobody tells
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';
import { ratio } from './performance-figures.ts';

export const CDN_WINDOWS = ['24h', '7d', '30d'] as const;
export const DEFAULT_CDN_WINDOW = '24h';

export const CDN_QUERY = lazy(() =>
  z.strictObject({
    window: z
      ._default(z.enum(CDN_WINDOWS, `must be one of ${CDN_WINDOWS.join(', ')}`), DEFAULT_CDN_WINDOW)
      .check(z.describe('How far back to look, in whole hours.')),
  }),
);

export const CDN_FIGURES = lazy(() =>
  z.object({
    window: z.enum(CDN_WINDOWS),
    fromAt: z.int(),
    toAt: z.int(),
    measuredAt: said(z.int(), 'An answer is given again for five minutes.'),
    cdns: said(
      z.array(
        z.object({
          name: said(z.string(), 'As in headrace.config.ts; `edge` is Headrace itself, from its own counts.'),
          vendor: said(
            z.nullable(z.enum(['headrace', 'cloudfront', 'cloudflare', 'azure-front-door', 'google'])),
            'Null where the function that knows it could not be asked.',
          ),
          state: z.enum(['measured', 'unmeasured']),
          reason: z.optional(said(z.string(), 'Why it could not be measured.')),
          figures: z.optional(figures()),
        }),
      ),
      'One that is down or refuses is there, and says why.',
    ),
  }),
);

function figures() {
  return z.object({
    requests: z.int(),
    bytes: said(z.number(), 'Sent to visitors.'),
    hitRatio: ratio('Of its requests.'),
    bytesHitRatio: ratio('Of its bytes.'),
    errorRatio: ratio('Of its requests: 500 and above.'),
    costUsd: dollars('At the rate beside.'),
    savedUsd: dollars('What the origin would have paid to send what the cache sent.'),
    rate: z.nullable(
      z.object({
        usdPerGb: z.number(),
        usdPer10kRequests: z.number(),
        usdPerMonth: z.nullable(z.number()),
        source: z.string(),
        readOn: z.string(),
      }),
    ),
  });
}

export type CdnWindow = (typeof CDN_WINDOWS)[number];
export type CdnFigures = z.output<ReturnType<typeof CDN_FIGURES>>;

function dollars(words: string) {
  return said(z.nullable(z.number()), words);
}

function said<Schema extends z.ZodMiniType>(schema: Schema, words: string): Schema {
  return schema.check(z.describe(words));
}
