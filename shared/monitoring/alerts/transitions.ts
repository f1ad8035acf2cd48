/**
 * What has to be told: that something began to be wrong, or is over; never the same twice.
 *
 * Shape   what was told before, verdicts -> what is told now, and what is known from then on
 * Units   instants epoch ms
 * Errors  none (total)
 */

import type { Verdict } from './evaluate.ts';

/** By the id of the alarm: what people were told is wrong. */
export type Told = Readonly<Record<string, { readonly firedAt: number }>>;

export interface AlertEvent {
  readonly id: string;
  readonly kind: 'fired' | 'recovered';
  readonly at: number;
  /** When people were told that it began. */
  readonly firedAt: number;
  readonly value: number | undefined;
}

export function transitionsOf(
  told: Told,
  verdicts: readonly Verdict[],
  now: number,
): { readonly told: Told; readonly events: readonly AlertEvent[] } {
  const events = verdicts.flatMap(({ id, state, value, isQuiet }): AlertEvent[] => {
    const before = told[id];
    // Explained by a deployment or a purge: told when it outlives them.
    if (state === 'firing' && !before && !isQuiet)
      return [{ id, kind: 'fired', at: now, firedAt: now, value }];
    if (state !== 'firing' && before)
      return [{ id, kind: 'recovered', at: now, firedAt: before.firedAt, value }];
    return [];
  });
  const over = new Set(events.filter(({ kind }) => kind === 'recovered').map(({ id }) => id));
  const known = new Set(verdicts.map(({ id }) => id));
  const kept = Object.entries(told).filter(([id]) => !over.has(id) && known.has(id));
  const begun = events
    .filter(({ kind }) => kind === 'fired')
    .map(({ id, firedAt }) => [id, { firedAt }] as const);
  return { told: Object.fromEntries([...kept, ...begun]), events };
}

/** Names the event, so that who is told twice can see it. */
export function eventKey({ id, kind, firedAt }: AlertEvent): string {
  return `alert-${id}-${firedAt}-${kind}`;
}
