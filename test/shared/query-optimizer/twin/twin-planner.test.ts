import { expect, it } from 'vitest';
import { SessionLost } from '../../../../shared/query-optimizer/session.ts';
import type { TwinEngine } from '../../../../shared/query-optimizer/twin/engine.ts';
import { createTwinPlanner } from '../../../../shared/query-optimizer/twin/twin-planner.ts';
import { aSnapshot } from './sources.ts';

it('ends an engine that cannot be made a twin, and says why', async () => {
  const lost = new SessionLost('The engine is gone.');
  let ended = 0;
  const engine: TwinEngine = {
    session: { query: () => Promise.reject(lost), close: () => Promise.resolve() },
    extensions: new Set(),
    readHead: () => Promise.reject(lost),
    resize: () => Promise.reject(lost),
    async close() {
      ended += 1;
    },
  };
  await expect(createTwinPlanner(engine, aSnapshot({}))).rejects.toBe(lost);
  expect(ended).toBe(1);
});
