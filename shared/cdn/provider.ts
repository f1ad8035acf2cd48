/**
 * The port to a CDN: one call that was planned within its limits, sent once, and what became of it.
 *
 * Errors  none thrown but the signal's reason: whatever the CDN says, or does not say, is an outcome
 * Cost    send and look are one request each; a rejected token is renewed once, and the request sent again
 */

import type { CdnCapabilities } from './capabilities.ts';
import type { Target } from './target.ts';

export type PurgeMode = 'soft' | 'hard';

export interface CdnCall {
  readonly mode: PurgeMode;
  /** Of one host where the CDN wants that; absent: of all. */
  readonly host?: string;
  readonly targets: readonly Target[];
}

export interface CdnProvider {
  readonly name: string;
  readonly capabilities: CdnCapabilities;
  send(call: CdnCall, options: SendOptions): Promise<SendOutcome>;
  /** How an invalidation stands that was accepted and not done at once. */
  look(id: string, options: Pick<SendOptions, 'signal'>): Promise<Standing>;
}

export interface SendOptions {
  /**
   * The same for every attempt at this call, another for every other: a CDN that bills takes it for the same invalidation. Only
   * after one that was accepted and then failed it is another one.
   */
  readonly reference: string;
  readonly signal: AbortSignal;
}

export type SendOutcome =
  | { readonly kind: 'accepted'; readonly id: string; readonly done: boolean }
  /** Too many are in progress: it is accepted once some of them have completed. */
  | { readonly kind: 'busy'; readonly message: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs?: number; readonly message: string }
  /** Nobody knows whether it was accepted, or the CDN is in trouble: to be sent again. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  /** Sending it again cannot help: this call, or whatever is sent to this CDN. */
  | {
      readonly kind: 'refused';
      readonly concerns: 'call' | 'cdn';
      readonly code: string;
      readonly message: string;
    };

export type Standing =
  | { readonly kind: 'in-progress' }
  | { readonly kind: 'completed' }
  /** It was accepted and then did not happen: the call has to be sent again. */
  | { readonly kind: 'failed'; readonly message: string }
  /** No answer this time. */
  | { readonly kind: 'unknown'; readonly message: string };
