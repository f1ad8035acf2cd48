/**
 * Makes the twin of a snapshot in an empty database: the same schema without a row, files as long as the source's, and the
 * source's statistics. A planner looks at nothing else.
 *
 * Shape   openTwin(engine, snapshot) -> { gaps }
 * Errors  those of the session; what cannot be made is a gap
 * Cost    a statement for each thing of the schema, then one look at the catalogue; no row is ever stored
 */

import type { Session } from '../session.ts';
import type { ColumnStatistics, Gap, Snapshot } from '../snapshot.ts';
import type { TwinEngine } from './engine.ts';
import { restoreExtended } from './restore-extended.ts';
import { restoreColumn, restoreIndex, restoreRelation } from './restore-statistics.ts';
import { runSteps } from './run-steps.ts';
import { settingSteps } from './settings.ts';
import { shapeFiles } from './shape-files.ts';
import { makeStandIns } from './stand-ins.ts';
import {
  constraintSteps,
  extendedSteps,
  extensionSteps,
  functionSteps,
  indexSteps,
  nameOf,
  type Step,
  schemaSteps,
  tableSteps,
  typeSteps,
  viewSteps,
} from './steps.ts';

export async function openTwin(engine: TwinEngine, snapshot: Snapshot): Promise<readonly Gap[]> {
  const { session } = engine;
  for (const set of OWN_SETTINGS) await session.query(set);
  await session.query('CREATE EXTENSION IF NOT EXISTS pg_buffercache');
  const schemas = await runSteps(session, [
    ...schemaSteps(snapshot),
    ...extensionSteps(snapshot, engine.extensions),
  ]);
  const functions = functionSteps(snapshot);
  const early = [...typeSteps(snapshot), ...functions];
  const failed = await runSteps(session, early);
  const { replacements, gaps } = await makeStandIns(session, snapshot);
  const rest: readonly Step[] = [
    // A function may speak of a table's row: those that failed so far are tried again beside the tables.
    ...functions.filter(({ what }) => failed.some(({ part }) => part === what)),
    ...tableSteps(snapshot, replacements),
    ...constraintSteps(snapshot),
    ...indexSteps(snapshot),
    ...viewSteps(snapshot),
    ...extendedSteps(snapshot),
  ];
  const made = await runSteps(session, rest);
  await shapeFiles(engine, snapshot);
  await restoreStatistics(session, snapshot);
  await restoreExtended(session, snapshot);
  await runSteps(session, settingSteps(snapshot, await ownSettings(session)));
  return [...schemas, ...gaps, ...made, ...foreignGaps(snapshot)];
}

/** Function bodies may speak of what is not there yet; pages that we wrote carry no checksum. */
const OWN_SETTINGS = [
  'SET check_function_bodies = off',
  'SET ignore_checksum_failure = on',
  'SET client_min_messages = error',
  "SET search_path = 'public'",
];

async function ownSettings(session: Session): Promise<readonly string[]> {
  const rows = await session.query("SELECT name FROM pg_settings WHERE name ~ '^enable_'");
  return rows.map(({ name }) => String(name));
}

/** As many calls in one statement. */
const BATCH = 40;

async function restoreStatistics(session: Session, snapshot: Snapshot): Promise<void> {
  const calls = [
    ...snapshot.relations.map(restoreRelation),
    ...snapshot.indexes.filter(({ rows }) => rows >= 0).map(restoreIndex),
    ...snapshot.statistics.filter(isOfMade(snapshot)).map(restoreColumn),
  ];
  for (let at = 0; at < calls.length; at += BATCH) {
    const batch = calls.slice(at, at + BATCH);
    const failed = await runSteps(session, [asStep(batch.join(', '))]);
    // One is for what could not be made: each alone, so that it spoils no other.
    if (failed.length > 0) await runSteps(session, batch.map(asStep));
  }
}

const asStep = (calls: string): Step => ({ what: 'statistics', sql: `SELECT ${calls}` });

const isOfMade = (snapshot: Snapshot) => {
  const names = new Set([...snapshot.relations, ...snapshot.indexes].map(nameOf));
  return ({ table }: ColumnStatistics): boolean => names.has(nameOf(table));
};

const foreignGaps = ({ relations }: Snapshot): readonly Gap[] =>
  relations
    .filter(({ kind }) => kind === 'foreign')
    .map(relation => ({
      part: `foreign table ${nameOf(relation)}`,
      why: 'Another server holds it: the twin plans it as a table of its own.',
      remedy: 'Index it where it is.',
    }));
