/**
 * The port to whoever gives tokens, and what keeps one for as long as it holds.
 *
 * Units   instants epoch ms
 * Errors  what the issuer throws: nothing is kept then
 */

import type { Clock } from '../../primitives/clock.ts';

export interface TokenOptions {
  /** The last one was refused. */
  readonly renew: boolean;
  readonly signal: AbortSignal;
}

export type GetToken = (options: TokenOptions) => Promise<string>;

export interface IssuedToken {
  readonly token: string;
  readonly endsAt: number;
}

/** Not used any more shortly before its end: it has to arrive, too. */
const MARGIN_MS = 60_000;

export function keepToken(issue: (signal: AbortSignal) => Promise<IssuedToken>, clock: Clock): GetToken {
  let held: IssuedToken | undefined;
  return async ({ renew, signal }) => {
    if (renew || !held || held.endsAt - MARGIN_MS <= clock()) held = await issue(signal);
    return held.token;
  };
}

/** One that somebody wrote down. */
export function fixedToken(token: string): GetToken {
  return async () => token;
}
