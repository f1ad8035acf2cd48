/**
 * What a request has waited for, told to whoever reads Server-Timing: the cache, then the origin where it was asked.
 *
 * In workerd the clock stands still but for input and output, which is what is measured here.
 *
 * Shape   'lookup;dur=1, origin;dur=42'
 * Units   milliseconds
 * Source  W3C Server Timing §3.1
 */

import type { Clock } from '../../shared/primitives/clock.ts';

export interface Timing {
  /** The cache has said what it has. */
  lookedUp(): void;
  /** From here on the origin is waited for: by this request, or by another that asks for the same. */
  asked(): void;
  /** Up to now. */
  tell(): string;
}

export function startTiming(clock: Clock): Timing {
  const startedAt = clock();
  let lookedUpAt: number | undefined;
  let askedAt: number | undefined;
  return {
    lookedUp() {
      lookedUpAt = clock();
    },
    asked() {
      askedAt = clock();
    },
    tell() {
      const lookup = lookedUpAt === undefined ? [] : [`lookup;dur=${lookedUpAt - startedAt}`];
      const origin = askedAt === undefined ? [] : [`origin;dur=${clock() - askedAt}`];
      return [...lookup, ...origin].join(', ');
    },
  };
}
