/**
 * What was published last, kept beside it: by it the next run knows what changed, and whether a run was interrupted.
 *
 * What it names is removed when it is gone from the folder, so it may name nothing that publishing could not have put there.
 *
 * Shape   JSON text <-> Manifest; text that is none is undefined, and everything is then looked at anew
 * Units   bytes
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';
import { NOTES_FOLDER, parseAssetKey } from './asset-key.ts';

const MANIFEST = lazy(() =>
  z.object({
    version: z.literal(1),
    /** `publishing` from a run's first write to its last: what is stored may then be newer than what stands here. */
    state: z.enum(['publishing', 'published']),
    /** By key, without the prefix. */
    files: z.record(
      z.string().check(z.refine(key => parseAssetKey(key).ok)),
      z.object({ sha256: z.string(), bytes: z.int().check(z.minimum(0)), form: z.string() }),
    ),
  }),
);

export type Manifest = z.output<ReturnType<typeof MANIFEST>>;

export interface PublishedFile {
  /** Of the file as it lies in the folder, in hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** All else that decides what is stored of it: a change of it is a change of the file. */
  readonly form: string;
}

export const NOTHING_PUBLISHED: Manifest = { version: 1, state: 'published', files: {} };
/** Some 400,000 files. */
export const LARGEST_MANIFEST_BYTES = 64 * 1024 * 1024;

export function manifestKey(prefix: string): string {
  return `${prefix}${NOTES_FOLDER}/published.json`;
}

export function parseManifest(text: string): Manifest | undefined {
  try {
    const parsed = MANIFEST().safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export function formatManifest(manifest: Manifest): string {
  return JSON.stringify(manifest);
}
