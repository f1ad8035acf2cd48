/**
 * Runs steps as far as they can be: what fails is tried again as long as others get further, since one may need another that
 * comes later. What cannot be made is a gap.
 *
 * Shape   session, steps -> Gap[]
 */

import { DatabaseError, type Session } from '../session.ts';
import type { Gap } from '../snapshot.ts';
import type { Step } from './steps.ts';

export async function runSteps(session: Session, steps: readonly Step[]): Promise<readonly Gap[]> {
  let left = steps;
  let failures: readonly Failure[] = [];
  for (;;) {
    failures = await attempt(session, left);
    if (failures.length === 0 || failures.length === left.length) break;
    left = failures.map(({ step }) => step);
  }
  return failures.filter(({ step }) => !step.isMinor).map(asGap);
}

interface Failure {
  readonly step: Step;
  readonly why: string;
}

async function attempt(session: Session, steps: readonly Step[]): Promise<readonly Failure[]> {
  const failures: Failure[] = [];
  for (const step of steps) {
    try {
      await session.query(step.sql);
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      failures.push({ step, why: error.message });
    }
  }
  return failures;
}

const asGap = ({ step, why }: Failure): Gap => ({
  part: step.what,
  why: `The planner twin cannot make it: ${why}.`,
  remedy: 'Statements that need it are not judged; --planner hypopg asks the database’s own planner.',
});
