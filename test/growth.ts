/**
 * How much longer work takes on sixteen times as much: 16 when it is linear, 256 when it is quadratic, on any machine.
 *
 * The least of several rounds, each shorter than a turn of the processor: what else the machine does is not part of it.
 */

const TIMES = 16;
const ROUNDS = 15;

export function growthOf(size: number, work: (size: number) => unknown): number {
  for (let round = 0; round < ROUNDS; round++) work(size);
  return leastMs(() => work(size * TIMES)) / leastMs(() => work(size));
}

function leastMs(work: () => unknown): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return Math.min(...rounds);
}
