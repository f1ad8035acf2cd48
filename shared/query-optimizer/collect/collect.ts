/**
 * Takes a Snapshot of a database, by reading alone. What cannot be read is left empty and said, with what would enable it; the
 * rest goes on. When the connection is lost, what was read by then is the snapshot.
 *
 * Shape   collect(reader, { clock }) -> Snapshot
 * Errors  CollectFailed when not even the server's version can be read: there is nothing to go on with
 * Cost    some twenty statements on the catalogue, each with its own timeouts, which the reader sets
 */

import { DatabaseError, SessionLost } from '../session.ts';
import type { ExistingIndex, Gap, Relation, Snapshot } from '../snapshot.ts';
import { constraintsPart } from './constraints.ts';
import { extendedStatisticsPart } from './extended-statistics.ts';
import { functionsPart, sequencesPart, viewsPart } from './functions.ts';
import { indexesPart } from './indexes.ts';
import { asJson, type JsonRow, type Part, type ServerFacts } from './part.ts';
import { relationsPart } from './relations.ts';
import { serverPart } from './server.ts';
import { connectionsPart, countersSincePart, statementsSincePart, withheldPart } from './since.ts';
import { sizesPart } from './sizes.ts';
import { statementsPart } from './statements.ts';
import { statisticsPart } from './statistics.ts';
import { typesPart } from './types.ts';
import { readWorkload } from './workload.ts';

/** Reads in a transaction that cannot write, waits for no lock and for no answer longer than its timeouts. */
export interface Reader {
  read(sql: string): Promise<readonly JsonRow[]>;
}

export interface CollectOptions {
  readonly clock: () => number;
  /** Statements with the most time, and as many with the most calls. @default 5,000 */
  readonly statementLimit?: number;
  /** Told after each part. @default nobody */
  readonly onPart?: (name: string, done: number, of: number) => void;
}

export class CollectFailed extends Error {
  override readonly name = 'CollectFailed';
}

const PARTS = 15;

export async function collect(reader: Reader, options: CollectOptions): Promise<Snapshot> {
  const gaps: Gap[] = [];
  let done = 0;
  const read = async <Value>(part: Part<Value>, facts: ServerFacts): Promise<Value> => {
    const value = await readPart(reader, part, facts).catch(error => {
      gaps.push(gapOf(part, error));
      return isLocked(error) ? readUnlocked(reader, part, facts) : part.empty;
    });
    done += 1;
    options.onPart?.(part.name, done, PARTS);
    return value;
  };

  const server = await readPart(reader, serverPart, NOTHING_KNOWN).catch(refuseStart);
  if (!server) throw new CollectFailed('The server did not say what it is.');
  const facts = factsOf(server, options.statementLimit ?? 5_000);
  const types = await read(typesPart, facts);
  const relations = await read(relationsPart, facts);
  const indexes = await read(indexesPart, facts);
  const sizes = await read(sizesPart, facts);
  const constraints = await read(constraintsPart, facts);
  const statistics = await read(statisticsPart, facts);
  const extendedStatistics = await read(extendedStatisticsPart, facts);
  const functions = await read(functionsPart, facts);
  const views = await read(viewsPart, facts);
  const sequences = await read(sequencesPart, facts);
  const connections = await read(connectionsPart, facts);
  const countersSince = await read(countersSincePart, facts);
  const withheld = await read(withheldPart, facts);
  const counted = await readStatements(read, facts, gaps);
  return {
    format: 1,
    takenAt: options.clock(),
    server,
    types,
    relations: relations.map(relation => sized(relation, sizes)),
    constraints,
    indexes: indexes.map(index => sized(index, sizes)),
    statistics,
    extendedStatistics,
    functions,
    views,
    sequences,
    workload: counted.workload,
    connections,
    statementsSince: counted.since,
    countersSince,
    gaps: [...gaps, ...withheldGap(withheld)],
  };
}

const NOTHING_KNOWN: ServerFacts = { versionNumber: 0, statementsSchema: undefined, statementLimit: 0 };

function factsOf(server: Snapshot['server'], statementLimit: number): ServerFacts {
  const extension = server.extensions.find(({ name }) => name === 'pg_stat_statements');
  return { versionNumber: server.versionNumber, statementsSchema: extension?.schema, statementLimit };
}

const isLocked = (error: unknown): boolean => error instanceof DatabaseError && error.code === '55P03';

/** pg_get_expr waits for the table that it speaks of: all else of a locked one can be read without its expressions. */
async function readUnlocked<Value>(reader: Reader, part: Part<Value>, facts: ServerFacts): Promise<Value> {
  const sql = part.sql(facts);
  const without = sql.replaceAll(/pg_get_expr\([^()]*\)/g, 'NULL::text');
  if (without === sql) return part.empty;
  return readPart(reader, { ...part, sql: () => without }, facts).catch(() => part.empty);
}

async function readPart<Value>(reader: Reader, part: Part<Value>, facts: ServerFacts): Promise<Value> {
  const [row] = await reader.read(asJson(part.sql(facts)));
  return part.read(JSON.parse(String(row?.rows ?? '[]')) as JsonRow[]);
}

type ReadPart = <Value>(part: Part<Value>, facts: ServerFacts) => Promise<Value>;

async function readStatements(read: ReadPart, facts: ServerFacts, gaps: Gap[]) {
  if (facts.statementsSchema === undefined) {
    const why = 'The extension pg_stat_statements is not created in this database.';
    gaps.push({ part: statementsPart.name, why, remedy: statementsPart.remedy });
    return { workload: [], since: undefined };
  }
  const counted = await read(statementsPart, facts);
  const hasInfo = facts.versionNumber >= 140_000 && counted.length > 0;
  const since = hasInfo ? await read(statementsSincePart, facts) : statementsSincePart.empty;
  const { workload, gaps: found } = readWorkload(counted, since.evictions);
  gaps.push(...found);
  return { workload, since: since.at };
}

function gapOf(part: Part<unknown>, error: unknown): Gap {
  if (!(error instanceof DatabaseError) && !(error instanceof SessionLost)) throw error;
  const isTimeout = error instanceof DatabaseError && (error.code === '57014' || error.code === '55P03');
  const remedy = isTimeout
    ? 'Run it again when the database has less to do, or with a longer timeout.'
    : part.remedy;
  return {
    part: part.name,
    why: error.message,
    remedy: error instanceof SessionLost ? 'Run it again.' : remedy,
  };
}

function refuseStart(cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new CollectFailed(`The database could not be read: ${why}`, { cause });
}

/** Rows are counted for the pages that there were then. */
function sized<Sized extends Relation | ExistingIndex>(
  stored: Sized,
  sizes: ReadonlyMap<string, number>,
): Sized {
  const bytes = sizes.get(`${stored.schema}.${stored.name}`);
  if (bytes === undefined) return stored;
  const pages = Math.ceil(bytes / 8192);
  const rows = stored.pages > 0 ? Math.round((stored.rows / stored.pages) * pages) : stored.rows;
  return { ...stored, bytes, pages, rows: stored.rows < 0 ? -1 : rows };
}

const withheldGap = (withheld: number): readonly Gap[] =>
  withheld === 0
    ? []
    : [
        {
          part: statisticsPart.name,
          why: `The user may not SELECT from ${withheld} tables, so their columns’ statistics are withheld.`,
          remedy: statisticsPart.remedy,
        },
      ];
