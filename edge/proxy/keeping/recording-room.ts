/**
 * How many bytes all recordings under way may hold together: an isolate has 128 MB for everything, and without a bound
 * a hundred large answers at once would take them. Who gets no room streams to his client and is not stored.
 *
 * Units   bytes; milliseconds
 * Cost    memory only; a reservation that was not released, because its request was cut off, counts no longer than
 *         SILENT_MS after it last grew
 */

import type { Plan } from '../../../shared/config/plan.ts';
import type { Clock } from '../../../shared/primitives/clock.ts';

export interface RecordingRoom {
  reserve(): Reservation;
}

export interface Reservation {
  /** False when there is no room for so much more; what was reserved before stays reserved. */
  grow(bytes: number): boolean;
  /** Once or more often. */
  release(): void;
}

const SILENT_MS = 60_000;

/** A quarter of what memory may hold; and one of the largest bodies, where memory holds next to nothing and Redis a lot. */
export function roomBytes({ levels, limits }: Pick<Plan, 'levels' | 'limits'>): number {
  return Math.max(levels.l1.maxBytes / 4, limits.maxBodyBytes);
}

export function createRecordingRoom(maxBytes: number, clock: Clock): RecordingRoom {
  /** The one that grew last comes last. */
  const held = new Map<Reservation, { readonly bytes: number; readonly grewAt: number }>();
  let used = 0;

  function drop(reservation: Reservation): void {
    used -= held.get(reservation)?.bytes ?? 0;
    held.delete(reservation);
  }

  function dropSilent(): void {
    for (const [reservation, { grewAt }] of held) {
      if (clock() - grewAt <= SILENT_MS) return;
      drop(reservation);
    }
  }

  return {
    reserve() {
      const reservation: Reservation = {
        grow(more) {
          if (used + more > maxBytes) dropSilent();
          if (used + more > maxBytes) return false;
          const bytes = (held.get(reservation)?.bytes ?? 0) + more;
          held.delete(reservation);
          held.set(reservation, { bytes, grewAt: clock() });
          used += more;
          return true;
        },
        release: () => drop(reservation),
      };
      return reservation;
    },
  };
}
