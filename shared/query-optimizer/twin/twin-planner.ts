/**
 * The planner twin: the port over a database that has the source's schema, sizes and statistics, and not one row.
 *
 * Shape   createTwinPlanner(engine, snapshot) -> { planner, gaps }
 * Errors  PlannerGone when the engine is lost
 * Cost    on PGlite about 2–4 s to start and 600 MB of memory whatever the size of the source; then some 5 ms for a candidate
 *         in a batch and 1 ms for an estimate. What is written to disk is the schema: files have their length and no content
 */

import type { Planner } from '../planner.ts';
import { type CreatedIndex, createBuiltPlanner } from '../planning/built-planner.ts';
import { withoutSkips } from '../planning/without-skips.ts';
import { PAGE } from '../sizes/index-shape.ts';
import type { Gap, Snapshot } from '../snapshot.ts';
import { createEmptiness } from './emptiness.ts';
import type { TwinEngine } from './engine.ts';
import { createMeasure, type Measure } from './measure-candidates.ts';
import { openTwin } from './open-twin.ts';
import { restoreRelation } from './restore-statistics.ts';
import { forgetPages, listFiles, shapeFile } from './shape-files.ts';
import { nameOf } from './steps.ts';

export interface Twin {
  readonly planner: Planner;
  /** What of the source the twin could not be given. */
  readonly gaps: readonly Gap[];
}

/** The engine is the planner's from here on: it ends with it, and at once where it cannot be made a twin. */
export async function createTwinPlanner(engine: TwinEngine, snapshot: Snapshot): Promise<Twin> {
  try {
    const gaps = await openTwin(engine, snapshot);
    return { planner: withoutSkips(await createPlanner(engine, snapshot), snapshot), gaps };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function createPlanner(engine: TwinEngine, snapshot: Snapshot): Promise<Planner> {
  const { session } = engine;
  const emptiness = await createEmptiness(session);
  const relations = new Map(snapshot.relations.map(relation => [nameOf(relation), relation]));
  const measure = createMeasure(engine, snapshot);
  return createBuiltPlanner({
    name: 'twin',
    session,
    prepare: definitions => emptiness.enter(definitions.map(({ table }) => table)),
    async finish(created) {
      const tables = await emptiness.leave();
      // CREATE INDEX counted the rows that it saw: none.
      for (const table of tables) {
        const relation = relations.get(table);
        if (relation && relation.kind !== 'partitioned')
          await session.query(`SELECT ${restoreRelation(relation)}`);
      }
      return finishCandidates(engine, created, measure);
    },
    close: () => engine.close(),
  });
}

async function finishCandidates(engine: TwinEngine, created: readonly CreatedIndex[], measure: Measure) {
  const oids = created.flatMap(({ family }) => family);
  await forgetPages(engine);
  const measured = await measure(oids);
  const files = new Map((await listFiles(engine, oids)).map(file => [file.name, file]));
  for (const index of measured.values()) {
    const file = files.get(nameOf(index));
    if (file) await shapeFile(engine, file, index);
    const { schema, name, pages, rows } = index;
    await engine.session.query(
      `SELECT ${restoreRelation({ schema, name, pages, rows, allVisiblePages: 0 })}`,
    );
  }
  await forgetPages(engine);
  return new Map(
    created.map(({ id, family }) => [
      id,
      family.reduce((sum, oid) => sum + (measured.get(oid)?.pages ?? 0) * PAGE, 0),
    ]),
  );
}
