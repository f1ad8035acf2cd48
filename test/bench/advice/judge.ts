/**
 * What chosen indexes are worth when they are really built: all that anybody chose are built once, and each choice is
 * explained with its own switched on.
 *
 * Units   costs are the planner's; relative cost is 100 × Σ calls × cost with ÷ without
 * Errors  an index that cannot be built, or a statement that cannot be explained, is an Error: nothing was judged then
 */

import { indexIdOf } from '../../../shared/query-optimizer/index-sql.ts';
import type { IndexDefinition, Planner } from '../../../shared/query-optimizer/planner.ts';
import type { Statement } from '../../../shared/query-optimizer/snapshot.ts';

export interface Verdict {
  readonly relativeCost: number;
  readonly bytes: number;
  /** The statement that gains least, or loses most: its cost with ÷ without. */
  readonly worst: { readonly id: string; readonly ratio: number };
  /** Of the statements' ratios: no single one can carry it. */
  readonly geometricMean: number;
}

export interface Judge {
  verdict(indexes: readonly IndexDefinition[]): Promise<Verdict>;
}

export async function openJudge(planner: Planner, workload: readonly Statement[]): Promise<Judge> {
  const before = new Map<Statement, number>();
  const cost = async (statement: Statement, indexes: readonly IndexDefinition[]): Promise<number> => {
    const estimated = await planner.estimate(statement, indexes.map(indexIdOf));
    if (estimated.kind === 'refused') throw new Error(`Statement ${statement.id}: ${estimated.why}`);
    return estimated.cost;
  };
  for (const statement of workload) before.set(statement, await cost(statement, []));

  return {
    async verdict(indexes) {
      const bytes = await bytesOf(planner, indexes);
      let [sum, without] = [0, 0];
      const ratios: Verdict['worst'][] = [];
      for (const [statement, costBefore] of before) {
        const costAfter = await cost(statement, indexes);
        sum += statement.calls * costAfter;
        without += statement.calls * costBefore;
        ratios.push({ id: statement.id, ratio: costBefore > 0 ? costAfter / costBefore : 1 });
      }
      const worst = ratios.reduce((most, ratio) => (ratio.ratio > most.ratio ? ratio : most));
      return { relativeCost: (100 * sum) / without, bytes, worst, geometricMean: geometricMean(ratios) };
    },
  };
}

async function bytesOf(planner: Planner, indexes: readonly IndexDefinition[]): Promise<number> {
  let bytes = 0;
  for (const [id, proposed] of await planner.propose(indexes)) {
    if (proposed.kind === 'refused') throw new Error(`${id}: ${proposed.why}`);
    bytes += proposed.bytes;
  }
  return bytes;
}

function geometricMean(ratios: readonly Verdict['worst'][]): number {
  const logs = ratios.map(({ ratio }) => Math.log(Math.max(ratio, 1e-9)));
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}
