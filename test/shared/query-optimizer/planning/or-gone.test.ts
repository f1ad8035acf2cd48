import { expect, it } from 'vitest';
import { PlannerGone } from '../../../../shared/query-optimizer/planner.ts';
import { orGone } from '../../../../shared/query-optimizer/planning/or-gone.ts';
import { DatabaseError, SessionLost } from '../../../../shared/query-optimizer/session.ts';

it('answers as what was asked does', async () => {
  await expect(orGone(async () => 7)).resolves.toBe(7);
});

it('is gone with its session, and not by what a server refuses', async () => {
  const [lost, refused] = [new SessionLost('reset'), new DatabaseError('no such table', '42P01')];
  await expect(orGone(() => Promise.reject(lost))).rejects.toThrow(PlannerGone);
  await expect(orGone(() => Promise.reject(refused))).rejects.toBe(refused);
});
