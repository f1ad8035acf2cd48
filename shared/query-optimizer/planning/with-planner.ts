/**
 * Does work that asks a planner. One that is lost meanwhile is opened once more, and the work begins anew: what took it away may
 * be over.
 *
 * Shape   (openPlanner, work) -> { result, planner's name, gaps } | why there is none
 * Errors  those of the work, but for PlannerGone; a planner that does not open is an answer
 */

import { type Planner, PlannerGone } from '../planner.ts';
import type { Gap } from '../snapshot.ts';

export interface OpenedPlanner {
  readonly planner: Planner;
  /** What it lacks of the source. */
  readonly gaps: readonly Gap[];
}

export type Asked<Result> =
  | {
      readonly kind: 'answered';
      readonly result: Result;
      readonly name: Planner['name'];
      readonly gaps: readonly Gap[];
    }
  | { readonly kind: 'lost'; readonly why: string };

type Open = () => Promise<OpenedPlanner>;
type Work<Result> = (planner: Planner) => Promise<Result>;

const ATTEMPTS = 2;

export async function withPlanner<Result>(
  openPlanner: Open,
  work: Work<Result>,
  attempts = ATTEMPTS,
): Promise<Asked<Result>> {
  const opened = await open(openPlanner);
  if ('why' in opened) return { kind: 'lost', why: opened.why };
  const { planner, gaps } = opened;
  try {
    return { kind: 'answered', result: await work(planner), name: planner.name, gaps };
  } catch (error) {
    if (!(error instanceof PlannerGone)) throw error;
    if (attempts <= 1) return { kind: 'lost', why: error.message };
  } finally {
    await planner.close().catch(() => {});
  }
  return withPlanner(openPlanner, work, attempts - 1);
}

async function open(openPlanner: Open): Promise<OpenedPlanner | { readonly why: string }> {
  try {
    return await openPlanner();
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
