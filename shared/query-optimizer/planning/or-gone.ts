/** A planner whose session was lost is gone: whoever asked opens another. */

import { PlannerGone } from '../planner.ts';
import { SessionLost } from '../session.ts';

export async function orGone<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof SessionLost)) throw cause;
    throw new PlannerGone('The planner is gone: its session was lost', { cause });
  }
}
