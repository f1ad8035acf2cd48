/**
 * Asks every two seconds, for all jobs held here at once, whether they shall go on: that is how a running job learns that it
 * was cancelled, within three seconds.
 *
 * Errors  none: while Redis does not answer, nobody can be told to stop
 * Cost    one round trip each two seconds, while something is held
 */

import type { Held, JobStore, Standing } from '../job-store.ts';

export interface Pulse {
  /** Told of every standing but `go-on`; what is returned ends it. */
  watch(held: Held, tell: (standing: Exclude<Standing, 'go-on'>) => void): () => void;
}

const EVERY_MS = 2_000;

export function createPulse(store: Pick<JobStore, 'standings'>, everyMs = EVERY_MS): Pulse {
  const held = new Map<Held, (standing: Exclude<Standing, 'go-on'>) => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function schedule(): void {
    if (held.size > 0) timer ??= setTimeout(beat, everyMs);
  }

  async function beat(): Promise<void> {
    const asked = [...held];
    const standings = await store.standings(asked.map(([each]) => each)).catch(() => []);
    for (const [at, [each, tell]] of asked.entries()) {
      const standing = standings[at];
      if (standing && standing !== 'go-on' && held.has(each)) tell(standing);
    }
    timer = undefined;
    schedule();
  }

  return {
    watch(each, tell) {
      held.set(each, tell);
      schedule();
      return () => {
        held.delete(each);
        if (held.size > 0) return;
        clearTimeout(timer);
        timer = undefined;
      };
    },
  };
}
