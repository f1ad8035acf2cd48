/**
 * What has to be told: that something began to be wrong, or is over; never the same twice.
 *
 * Over is what was not wrong for five minutes: a figure that swings about its bound is one incident, and calls people once.
 *
 * Shape   what was told before, verdicts -> what is told now, and what is known from then on
 * Units   instants epoch ms
 * Errors  none (total)
 */

import type { Verdict } from './evaluate.ts';

/** By the id of the alarm: what people were told is wrong. */
export type Told = Readonly<Record<string, ToldOne>>;

interface ToldOne {
  readonly firedAt: number;
  /** Since when it is not wrong any more; absent: it is. */
  readonly calmAt?: number | undefined;
}

/** As Prometheus's `keep_firing_for`. */
export const CALM_MS = 5 * 60_000;

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
  const steps = verdicts.map(verdict => stepOf(told[verdict.id], verdict, now));
  return {
    told: Object.fromEntries(steps.flatMap(({ id, next }) => (next ? [[id, next] as const] : []))),
    events: steps.flatMap(({ event }) => event ?? []),
  };
}

interface Step {
  readonly id: string;
  readonly next?: ToldOne | undefined;
  readonly event?: AlertEvent;
}

function stepOf(before: ToldOne | undefined, { id, state, value, isQuiet }: Verdict, now: number): Step {
  if (!before) {
    // Explained by a deployment or a purge: told when it outlives them.
    if (state !== 'firing' || isQuiet) return { id };
    return { id, next: { firedAt: now }, event: { id, kind: 'fired', at: now, firedAt: now, value } };
  }
  const { firedAt, calmAt = now } = before;
  if (state === 'firing') return { id, next: { firedAt } };
  if (now - calmAt < CALM_MS) return { id, next: { firedAt, calmAt } };
  return { id, event: { id, kind: 'recovered', at: calmAt, firedAt, value } };
}

/** Names the event, so that who is told twice can see it. */
export function eventKey({ id, kind, firedAt }: AlertEvent): string {
  return `alert-${id}-${firedAt}-${kind}`;
}
