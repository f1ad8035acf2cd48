import { expect } from 'vitest';
import { createHypopgPlanner } from '../../functions/adapters/planners/hypopg.ts';
import { createRealPlanner } from '../../functions/adapters/planners/real.ts';
import { openPgliteEngine } from '../../functions/adapters/planners/twin/pglite-engine.ts';
import { createPgSession } from '../../functions/adapters/postgres/pg-session.ts';
import { createReader } from '../../functions/adapters/postgres/read-only.ts';
import { collect } from '../../shared/query-optimizer/collect/collect.ts';
import { createTwinPlanner } from '../../shared/query-optimizer/twin/twin-planner.ts';
import { describePlanners, type PlannerUnderTest } from './planner.ts';
import { isRealTier, postgresPrograms } from './tier.ts';

/** Over an older server the planners themselves differ: 16 charges GIN's descents anew. */
const twin: PlannerUnderTest = {
  name: 'the planner twin, in PGlite',
  async open({ client }) {
    const snapshot = await collect(createReader(createPgSession(client)), { clock: Date.now });
    const { planner, gaps } = await createTwinPlanner(await openPgliteEngine(snapshot), snapshot);
    expect(gaps).toEqual([]);
    return planner;
  },
  supports: () => true,
  measured: {
    within: isRealTier ? 0.05 : 0.02,
    sameIndexes: true,
    unlike: [],
    // Rows that lie as their trigrams do take a third of what chance would leave between them.
    sizeFactor: ({ method }) => (method === 'gin' ? 2.1 : 1.15),
  },
};

const real: PlannerUnderTest = {
  name: 'the planner over really built indexes',
  open: ({ client }) => createRealPlanner(createPgSession(client)),
  supports: () => true,
};

const hypopg: PlannerUnderTest = {
  name: 'the planner over HypoPG',
  async open({ client }) {
    await client.query('CREATE EXTENSION hypopg');
    return createHypopgPlanner(createPgSession(client));
  },
  supports: ({ method }) => method === 'btree' || method === 'brin' || method === 'hash',
  measured: {
    within: 0.35,
    sameIndexes: false,
    // It has no statistics of an expression that has no index, and keeps equal keys many times.
    unlike: ['expression', 'repeated'],
    sizeFactor: () => 12,
  },
};

describePlanners(postgresPrograms(), isRealTier ? [twin, real, hypopg] : [twin, real]);
