/**
 * What the settings of images may say, checked where a person writes them: the function takes them as they were checked.
 *
 * Shape   unknown -> ImageSettingsInput
 * Cost    zod/mini, and built when it is asked for: only an edge whose configuration names images pays for it
 */
import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';
import { SIDES } from './options.ts';
import { isRefusal } from './refusal.ts';
import { parseOptionList } from './request/parse-options.ts';

const count = () => z.int().check(z.minimum(1));
const atMost = (most: number) => count().check(z.maximum(most));
const seconds = () => z.int().check(z.minimum(0));
const sourceKey = () => z.string().check(z.minLength(1), z.maxLength(640));

const limits = () =>
  z.strictObject({
    maxSourceBytes: z.exactOptional(count()),
    maxSourcePixels: z.exactOptional(count()),
    maxSourceSide: z.exactOptional(count()),
    maxFrames: z.exactOptional(count()),
    maxSide: z.exactOptional(atMost(16_384)),
    maxPixels: z.exactOptional(count()),
    maxEnlargement: z.exactOptional(z.number().check(z.minimum(1))),
    timeoutMs: z.exactOptional(atMost(600_000)),
  });

const watermark = () =>
  z.strictObject({
    key: sourceKey(),
    gravity: z.exactOptional(z.enum(SIDES)),
    widthRatio: z.exactOptional(z.number().check(z.gt(0), z.maximum(1))),
    opacity: z.exactOptional(z.number().check(z.gt(0), z.maximum(1))),
  });

const preset = () => z.string().check(z.refine(isOptionList, 'must be options such as width=320,fit=cover'));

export const imageSettingsSchema = lazy(() =>
  z.strictObject({
    forms: z.exactOptional(z.array(z.enum(['query', 'ipx']))),
    ladder: z.exactOptional(z.nullable(z.array(atMost(16_384)).check(z.minLength(1)))),
    formats: z.exactOptional(z.array(z.enum(['avif', 'webp']))),
    quality: z.exactOptional(atMost(100)),
    presets: z.exactOptional(z.record(z.string(), preset())),
    presetsOnly: z.exactOptional(z.boolean()),
    watermarks: z.exactOptional(z.record(z.string(), watermark())),
    remoteHosts: z.exactOptional(z.array(z.hostname('must be host names in full'))),
    svg: z.exactOptional(z.enum(['refuse', 'rasterise'])),
    fallbackKey: z.exactOptional(z.nullable(sourceKey())),
    originalsUrl: z.exactOptional(
      z.nullable(z.url({ protocol: /^https?$/, error: 'must be an http or https address' })),
    ),
    maxAgeSeconds: z.exactOptional(seconds()),
    errorMaxAgeSeconds: z.exactOptional(seconds()),
    limits: z.exactOptional(limits()),
  }),
);

/** A preset that no URL could say would fail at each request. */
function isOptionList(text: string): boolean {
  const options = parseOptionList(text);
  return !isRefusal(options) && options.preset === undefined;
}
