/**
 * Tells the edge that somebody deployed: caches are cold for a while, which is no incident.
 *
 * Shape   where the edge answers, its token -> a line for the person, undefined where there is nothing to tell
 * Units   ms
 * Errors  none (total): a deployment that is done has not failed because nobody heard of it
 */

import { createClient } from '../../../shared/client/client.ts';

export interface QuietOptions {
  readonly fetch: typeof globalThis.fetch;
  /** HEADRACE_BASE behind it; undefined where only wrangler.toml knows it. */
  readonly edgeUrl: string | undefined;
  /** As the edge has it: the first of them. Undefined where it is not in the environment. */
  readonly adminTokens: string | undefined;
}

const TIMEOUT_MS = 10_000;

export async function keepQuiet({ fetch, edgeUrl, adminTokens }: QuietOptions): Promise<string | undefined> {
  const [token] = (adminTokens ?? '').split(',').map(one => one.trim());
  if (!edgeUrl || !token) return undefined;
  try {
    const { alerts } = createClient({ url: edgeUrl, token, fetch, timeoutMs: TIMEOUT_MS });
    await alerts.quiet();
    return 'Alarms that a cold cache explains wait for a quarter of an hour.';
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `The edge was not told of the deployment, so its alarms do not wait: ${why}`;
  }
}
