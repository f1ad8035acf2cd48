/**
 * The port to what keeps calls within a CDN's rates, for all functions that call it: buckets of tokens that fill with time.
 *
 * Shape   account, what a call takes from which bucket -> { kind: 'go' } | { kind: 'wait', ms }: nothing was taken
 * Units   ms
 * Errors  RedisUnavailable: then nothing may be sent, for nobody knows what others have
 * Cost    one round trip
 */

export interface Pacer {
  /** CDNs of one account share its buckets. */
  take(account: string, draws: readonly Draw[]): Promise<Turn>;
  /** Nobody takes anything of this account before so long from now: the CDN has said so. */
  pause(account: string, ms: number): Promise<void>;
}

export interface Draw {
  readonly bucket: string;
  readonly tokens: number;
  readonly capacity: number;
  readonly perSecond: number;
}

export type Turn = { readonly kind: 'go' } | { readonly kind: 'wait'; readonly ms: number };
