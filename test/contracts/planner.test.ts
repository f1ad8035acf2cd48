import { expect } from 'vitest';
import { createHypopgPlanner } from '../../functions/adapters/planners/hypopg.ts';
import { createRealPlanner } from '../../functions/adapters/planners/real.ts';
import { openPgliteEngine } from '../../functions/adapters/planners/twin/pglite-engine.ts';
import { createPgSession } from '../../functions/adapters/postgres/pg-session.ts';
import { createReader } from '../../functions/adapters/postgres/read-only.ts';
import { collect } from '../../shared/query-optimizer/collect/collect.ts';
import { createTwinPlanner } from '../../shared/query-optimizer/twin/twin-planner.ts';
import { describePlanner } from './planner.ts';
import { isRealTier, postgresPrograms } from './tier.ts';

const programs = postgresPrograms();

describePlanner({
  name: 'the planner twin, in PGlite',
  programs,
  async open(_server, client) {
    const snapshot = await collect(createReader(createPgSession(client)), { clock: Date.now });
    const { planner, gaps } = await createTwinPlanner(await openPgliteEngine(snapshot), snapshot);
    expect(gaps).toEqual([]);
    return planner;
  },
  supports: () => true,
  measured: { within: 0.02, sameIndexes: true, sizeFactor: ({ method }) => (method === 'gin' ? 2.5 : 1.15) },
});

describePlanner({
  name: 'the planner over really built indexes',
  programs,
  open: (_server, client) => createRealPlanner(createPgSession(client)),
  supports: () => true,
});

if (isRealTier)
  describePlanner({
    name: 'the planner over HypoPG',
    programs,
    async open(_server, client) {
      await client.query('CREATE EXTENSION hypopg');
      return createHypopgPlanner(createPgSession(client));
    },
    supports: ({ method }) => method === 'btree' || method === 'brin' || method === 'hash',
    measured: { within: 0.35, sameIndexes: false, sizeFactor: () => 12 },
  });
