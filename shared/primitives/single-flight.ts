/**
 * Work that several want at the same moment is done once and its outcome shared, an error too.
 *
 * A promise may never be settled: in workerd it dies with the request that made it. So nobody waits for somebody else's
 * work longer than he was told to; then he does it himself, and others follow him.
 *
 * Units   durations ms
 * Errors  what the work throws, to all who wait for it
 * Cost    one timer for each follower
 */

export interface SingleFlight {
  run<Result>(key: string, work: () => Promise<Result>, patienceMs: number): Promise<Result>;
  has(key: string): boolean;
  /** Who comes from now on does not follow the one under way. */
  abandon(key: string): void;
}

export function createSingleFlight(): SingleFlight {
  const flights = new Map<string, Promise<unknown>>();

  function lead<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const flight = work().finally(() => {
      if (flights.get(key) === flight) flights.delete(key);
    });
    flights.set(key, flight);
    return flight;
  }

  return {
    has: key => flights.has(key),
    abandon: key => void flights.delete(key),
    async run<Result>(key: string, work: () => Promise<Result>, patienceMs: number): Promise<Result> {
      const flight = flights.get(key) as Promise<Result> | undefined;
      if (!flight) return lead(key, work);
      const waited = await outwait(flight, patienceMs);
      if (waited !== GAVE_UP) return waited;
      // Whoever gives up first leads; the others find his flight in the dead one's place.
      const now = flights.get(key) as Promise<Result> | undefined;
      return now && now !== flight ? now : lead(key, work);
    },
  };
}

/** Settles with the work, or with GAVE_UP when it takes longer. */
export async function outwait<Result>(
  work: Promise<Result>,
  patienceMs: number,
): Promise<Result | typeof GAVE_UP> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<typeof GAVE_UP>(resolve => {
    // A longer timer would fire at once.
    timer = setTimeout(resolve, Math.min(patienceMs, 2 ** 31 - 1), GAVE_UP);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    if (timer !== undefined) clearTimeout(timer);
  }
}

export const GAVE_UP = Symbol('gave up waiting');
