/**
 * Makes a person's override hold for each target, undoes it when its time is over, and keeps what AWS last decided where the
 * edge can tell of it.
 *
 * Shape   one run -> what became of each target
 * Errors  none of one target: it is told as failed, and the others are looked after. Those of Redis
 */

import type { Clock } from '../../shared/primitives/clock.ts';
import { decideApply } from '../../shared/scaling/apply.ts';
import type { KnownTarget, ScalingStore } from '../../shared/scaling/store.ts';
import type { ScalingTarget } from '../../shared/scaling/targets.ts';
import type { AutoScaling } from './auto-scaling.ts';

export interface ApplyScalingDeps {
  readonly targets: readonly ScalingTarget[];
  readonly store: ScalingStore;
  readonly autoScaling: AutoScaling;
  readonly clock: Clock;
  readonly log: (entry: object) => void;
}

export type Applied = Readonly<Record<string, 'unchanged' | 'overridden' | 'released' | 'absent' | 'failed'>>;

export function createApplyScaling({ targets, store, autoScaling, clock, log }: ApplyScalingDeps) {
  async function applyOne({ name, place, rules: [first] }: ScalingTarget, known: KnownTarget | undefined) {
    const current = await autoScaling.bounds(place);
    if (!current || !first) return 'absent' as const;
    const { override, seen } = known ?? { override: undefined, seen: undefined };
    const { register, before } = decideApply(
      { current, override, bounds: first, before: seen?.before },
      clock(),
    );
    // What it was before must be known before it is changed: who dies in between would leave nothing to go back to.
    await store.see(name, { at: clock(), ...current, before, activities: seen?.activities ?? [] });
    if (register) await autoScaling.register(place, register);
    const activities = await autoScaling.activities(place);
    await store.see(name, { at: clock(), ...(register ?? current), before, activities });
    if (!register) return 'unchanged' as const;
    log({
      note: 'The bounds of a target were changed',
      target: name,
      ...register,
      by: override?.by ?? 'the end of an override',
    });
    return register.isSuspended ? ('overridden' as const) : ('released' as const);
  }

  return async (): Promise<Applied> => {
    const known = await store.read(targets.map(({ name }) => name));
    const done = await Promise.all(
      targets.map(target =>
        applyOne(target, known.get(target.name)).catch((error: unknown) => {
          log({ note: 'A target could not be looked after', target: target.name, error: String(error) });
          return 'failed' as const;
        }),
      ),
    );
    return Object.fromEntries(targets.map(({ name }, at) => [name, done[at] ?? 'failed']));
  };
}
