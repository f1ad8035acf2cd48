/** The comparison of `npm run bench:advice`, small: what holds there must not have to wait for it to be seen. */

import { expect, it } from 'vitest';
import { createRealPlanner } from '../../../functions/adapters/planners/real.ts';
import { openPgliteEngine } from '../../../functions/adapters/planners/twin/pglite-engine.ts';
import { createTwinPlanner } from '../../../shared/query-optimizer/twin/twin-planner.ts';
import { dexter } from './baselines/dexter.ts';
import { extend } from './baselines/extend.ts';
import { foreignKeys } from './baselines/foreign-keys.ts';
import { singleColumns } from './baselines/single-columns.ts';
import { compare, dataBytes } from './compare.ts';
import { withHost } from './host.ts';
import { ours } from './ours.ts';
import { lostTo, OURS } from './table.ts';
import { tpch } from './tpch/workload.ts';
import type { BenchWorkload } from './workload.ts';

const SOME = ['6', '14', '19'];

const some: BenchWorkload = {
  ...tpch,
  statements: async place => (await tpch.statements(place)).filter(({ id }) => SOME.includes(id)),
};

it('on one planner no other advisor finds better indexes, and what the twin tells of them holds when they are built', async () => {
  await withHost(async host => {
    const { snapshot, asked, session } = await host.open(some, { scale: 0.005, seed: 1 });
    const { planner } = await createTwinPlanner(await openPgliteEngine(snapshot), snapshot);
    const real = await createRealPlanner(session);
    const advisors = [foreignKeys, dexter, singleColumns, extend, ours];
    const shares = [0.1, 0.5];
    const answers = await compare({ snapshot, asked, planner, real, advisors, shares });
    await planner.close();

    expect(answers).toHaveLength(advisors.length * shares.length);
    expect(lostTo(answers)).toEqual([]);
    for (const { told, built } of answers)
      expect(Math.abs(told.relativeCost - built.relativeCost)).toBeLessThan(2);
    for (const { share, built } of answers.filter(({ advisor }) => advisor === OURS)) {
      expect(built.relativeCost).toBeLessThan(90);
      expect(built.worst.ratio).toBeLessThanOrEqual(1.1);
      expect(built.bytes).toBeLessThanOrEqual(1.05 * share * dataBytes(snapshot));
    }
  });
});
