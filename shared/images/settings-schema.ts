/**
 * What the settings of images may say, checked where a person writes them: the function takes them as they were checked.
 *
 * Shape   unknown -> ImageSettingsInput
 * Errors  zod's, naming the field
 */
import * as z from 'zod';
import { SIDES } from './options.ts';
import { isRefusal } from './refusal.ts';
import { parseOptionList } from './request/parse-options.ts';
import type { ImageSettingsInput } from './settings.ts';

const count = z.int().min(1);
const sourceKey = z.string().min(1).max(700);

const limits = z.strictObject({
  maxSourceBytes: count.exactOptional(),
  maxSourcePixels: count.exactOptional(),
  maxSourceSide: count.exactOptional(),
  maxFrames: count.exactOptional(),
  maxSide: count.max(16_384).exactOptional(),
  maxPixels: count.exactOptional(),
  maxEnlargement: z.number().min(1).exactOptional(),
  timeoutMs: count.max(600_000).exactOptional(),
});

const watermark = z.strictObject({
  key: sourceKey,
  gravity: z.enum(SIDES).exactOptional(),
  widthRatio: z.number().gt(0).max(1).exactOptional(),
  opacity: z.number().gt(0).max(1).exactOptional(),
});

export const imageSettingsSchema = z.strictObject({
  path: z
    .string()
    .regex(/^(\/[a-z0-9_-]+)+$/i, 'must be a path such as /images')
    .exactOptional(),
  forms: z.array(z.enum(['query', 'ipx'])).exactOptional(),
  ladder: z.array(count.max(16_384)).min(1).nullable().exactOptional(),
  formats: z.array(z.enum(['avif', 'webp'])).exactOptional(),
  quality: z.int().min(1).max(100).exactOptional(),
  presets: z
    .record(z.string(), z.string().refine(isOptionList, 'must be options such as width=320,fit=cover'))
    .exactOptional(),
  presetsOnly: z.boolean().exactOptional(),
  watermarks: z.record(z.string(), watermark).exactOptional(),
  remoteHosts: z.array(z.hostname('must be host names in full')).exactOptional(),
  svg: z.enum(['refuse', 'rasterise']).exactOptional(),
  fallbackKey: sourceKey.nullable().exactOptional(),
  originalsUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .exactOptional(),
  maxAgeSeconds: z.int().min(0).exactOptional(),
  errorMaxAgeSeconds: z.int().min(0).exactOptional(),
  limits: limits.exactOptional(),
});

/** The checked form is what the rest of the code calls the settings. */
export function checkImageSettings(input: unknown): ImageSettingsInput {
  return imageSettingsSchema.parse(input) satisfies ImageSettingsInput;
}

/** A preset that no URL could say would fail at each request. */
function isOptionList(text: string): boolean {
  const options = parseOptionList(text);
  return !isRefusal(options) && options.preset === undefined;
}
