/** A database of its own, its snapshot and what is advised on it. */

import { createRealPlanner } from '../../../functions/adapters/planners/real.ts';
import { openPgliteEngine } from '../../../functions/adapters/planners/twin/pglite-engine.ts';
import { createPgSession } from '../../../functions/adapters/postgres/pg-session.ts';
import { createSqlParser } from '../../../functions/adapters/sql-parser/libpg-query.ts';
import { systemClock as clock } from '../../../shared/primitives/clock.ts';
import { type Analysis, analyze, type OpenedPlanner } from '../../../shared/query-optimizer/analyze.ts';
import type { Snapshot } from '../../../shared/query-optimizer/snapshot.ts';
import { createTwinPlanner } from '../../../shared/query-optimizer/twin/twin-planner.ts';
import type { Opened } from '../../bench/advice/host.ts';

export type Asked = 'twin' | 'real';

export async function advised(
  { snapshot, client }: Pick<Opened, 'snapshot' | 'client'>,
  asked: Asked = 'twin',
): Promise<Analysis> {
  const open = { twin: () => openTwin(snapshot), real: () => openReal(client) };
  return analyze(snapshot, {}, { parser: await createSqlParser(), openPlanner: open[asked], clock });
}

async function openTwin(snapshot: Snapshot): Promise<OpenedPlanner> {
  return createTwinPlanner(await openPgliteEngine(snapshot), snapshot);
}

/** Its connection outlives it: the test goes on with it. */
async function openReal(client: Opened['client']): Promise<OpenedPlanner> {
  return { planner: await createRealPlanner(createPgSession(client as never)), gaps: [] };
}
