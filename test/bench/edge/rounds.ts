/**
 * Measures all subjects by turns, round after round, so that whatever else the machine does falls on all of them alike.
 *
 * Shape   Subject[] -> per subject, the microseconds of its process per request in each round
 */

import { cpuTimeUs } from './cpu-time.ts';
import type { Loader } from './load.ts';
import type { Subject } from './subjects.ts';

export interface Measured {
  readonly subject: Subject;
  readonly usPerRequest: readonly number[];
}

export interface RoundsOptions {
  readonly rounds: number;
  readonly connections: number;
  readonly onProgress: (line: string) => void;
}

const WARM_UPS = 2;

export async function measureRounds(
  subjects: readonly Subject[],
  loader: Loader,
  { rounds, connections, onProgress }: RoundsOptions,
): Promise<readonly Measured[]> {
  const measured = subjects.map(subject => ({ subject, usPerRequest: [] as number[] }));
  // The first rounds are for the compilers, and count for nothing.
  for (let round = 1 - WARM_UPS; round <= rounds; round++) {
    onProgress(round < 1 ? 'warming up' : `round ${round} of ${rounds}`);
    for (const { subject, usPerRequest } of measured) {
      const { url, headers, pid, requestsPerRound: requests } = subject;
      const before = cpuTimeUs(pid);
      await loader.put({
        url,
        headers,
        requests,
        connections,
        ...(subject.isUnique && { unique: `${round}` }),
      });
      const spent = cpuTimeUs(pid) - before;
      if (round > 0) usPerRequest.push(spent / requests);
    }
  }
  return measured;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}

/** Of each round's ratio, not the ratio of the medians: what disturbed a round disturbed both. */
export function medianRatio(one: Measured, other: Measured): number {
  return median(one.usPerRequest.map((us, round) => us / (other.usPerRequest[round] ?? Number.NaN)));
}
