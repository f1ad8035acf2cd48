/**
 * The purges of this isolate in their order, so that a load which began before one of them is not kept after it.
 *
 * Cost    memory only; a load older than the remembered purges is refused, which is always safe
 */

export interface PurgeLog {
  /** A point in the order; later purges come after it. */
  position(): number;
  record(tags: ReadonlySet<string>): void;
  purgedSince(position: number, tags: readonly string[]): boolean;
}

const REMEMBERED = 1_000;

export function createPurgeLog(): PurgeLog {
  const purges: ReadonlySet<string>[] = [];
  let forgotten = 0;
  return {
    position: () => forgotten + purges.length,
    record(tags) {
      purges.push(tags);
      if (purges.length <= REMEMBERED) return;
      purges.shift();
      forgotten++;
    },
    purgedSince(position, tags) {
      if (position < forgotten) return true;
      return purges.slice(position - forgotten).some(purged => tags.some(tag => purged.has(tag)));
    },
  };
}
