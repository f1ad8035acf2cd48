/**
 * The message of the queue `warming`: paths to fetch through the edge.
 *
 * Shape   '{ "paths": ["/a", "/b?c=1"] }' -> WarmingMessage | null when it is anything else
 * Errors  none (total)
 */

import { z } from 'zod';
import { isWarmPath } from './paths.ts';

/** A full batch of ten messages is what one run takes. */
export const MAX_PATHS_PER_MESSAGE = 100;

const warmingMessage = z.strictObject({
  paths: z.array(z.string().refine(isWarmPath)).min(1).max(MAX_PATHS_PER_MESSAGE).readonly(),
});

export type WarmingMessage = z.infer<typeof warmingMessage>;

export function parseWarmingMessage(text: string): WarmingMessage | null {
  return warmingMessage.safeParse(parseJson(text)).data ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
