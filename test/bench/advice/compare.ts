/**
 * Asks several advisors about one workload at several budgets, and judges what they chose: by the planner they asked, and by
 * a server on which all of it is really built.
 *
 * Units   budgets as a share of the tables' own bytes
 */

import type { IndexDefinition, Planner } from '../../../shared/query-optimizer/planner.ts';
import type { Snapshot, Statement } from '../../../shared/query-optimizer/snapshot.ts';
import type { Advisor } from './baselines/advisor.ts';
import { openJudge, type Verdict } from './judge.ts';
import { rememberEstimates } from './remembering-planner.ts';

export interface Answer {
  readonly advisor: string;
  /** Of the data. */
  readonly share: number;
  readonly indexes: readonly IndexDefinition[];
  readonly seconds: number;
  /** Questions to the planner that were not asked before. */
  readonly estimates: number;
}

export interface JudgedAnswer extends Answer {
  readonly told: Verdict;
  readonly built: Verdict;
}

export interface Comparison {
  readonly snapshot: Snapshot;
  /** What the answers are judged by. */
  readonly asked: readonly Statement[];
  /** That the advisors ask. */
  readonly planner: Planner;
  /** On which everything is built. */
  readonly real: Planner;
  readonly advisors: readonly Advisor[];
  readonly shares: readonly number[];
  readonly onAnswer?: (answer: Answer) => void;
}

export async function compare(comparison: Comparison): Promise<readonly JudgedAnswer[]> {
  const answers: Answer[] = [];
  for (const advisor of comparison.advisors) answers.push(...(await ask(advisor, comparison)));
  return judge(answers, comparison);
}

async function ask(
  advisor: Advisor,
  { snapshot, planner, shares, onAnswer }: Comparison,
): Promise<readonly Answer[]> {
  const remembering = rememberEstimates(planner);
  const answers: Answer[] = [];
  for (const share of shares) {
    const [begun, asked] = [performance.now(), remembering.estimates()];
    const budgetBytes = share * dataBytes(snapshot);
    const indexes = await advisor.advise({ planner: remembering, snapshot, budgetBytes });
    const seconds = (performance.now() - begun) / 1_000;
    const answer = {
      advisor: advisor.name,
      share,
      indexes,
      seconds,
      estimates: remembering.estimates() - asked,
    };
    onAnswer?.(answer);
    answers.push(answer);
  }
  return answers;
}

async function judge(
  answers: readonly Answer[],
  { planner, real, asked }: Comparison,
): Promise<readonly JudgedAnswer[]> {
  // All at once, before anything is judged: each analysis of a table changes its statistics a little.
  await real.propose(answers.flatMap(({ indexes }) => indexes));
  const [told, built] = [await openJudge(planner, asked), await openJudge(real, asked)];
  const judged: JudgedAnswer[] = [];
  for (const answer of answers) {
    const { indexes } = answer;
    judged.push({ ...answer, told: await told.verdict(indexes), built: await built.verdict(indexes) });
  }
  return judged;
}

export function dataBytes({ relations }: Pick<Snapshot, 'relations'>): number {
  return relations.reduce((sum, { bytes }) => sum + bytes, 0);
}
