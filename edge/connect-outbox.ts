/**
 * Opens the way to the function that drains the outbox: Lambda's Invoke, by signed fetch.
 *
 * Errors  none: undefined where a setting is missing, and the routes say it
 */

import { createSignedFetch, type SignedFetch } from '../shared/aws/signed-fetch.ts';
import type { Settings } from '../shared/config/settings.ts';
import type { Clock } from '../shared/primitives/clock.ts';

export interface ConnectOutboxDeps {
  readonly clock: Clock;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

export function connectOutbox(
  { outboxFunctionUrl: url, awsCredentials: credentials, awsRegion: region }: Settings,
  deps: ConnectOutboxDeps,
): { readonly fetch: SignedFetch; readonly url: string } | undefined {
  if (!url || !credentials) return undefined;
  return { fetch: createSignedFetch({ ...deps, credentials, region, service: 'lambda' }), url };
}
