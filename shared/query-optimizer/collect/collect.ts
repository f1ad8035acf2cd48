/**
 * Takes a Snapshot of a database, by reading alone. What cannot be read is left empty and said, with what would enable it; the
 * rest goes on. When the connection is lost, what was read by then is the snapshot.
 *
 * Shape   collect(reader, { clock }) -> Snapshot
 * Errors  CollectFailed when not even the server's version can be read: there is nothing to go on with
 * Cost    some twenty statements on the catalogue, each with its own timeouts, which the reader sets
 */

import type { ExistingIndex, Gap, Relation, Snapshot } from '../snapshot.ts';
import { nameOf } from '../sql/catalogue.ts';
import { constraintsPart } from './constraints.ts';
import { extendedStatisticsPart } from './extended-statistics.ts';
import { functionsPart, sequencesPart, viewsPart } from './functions.ts';
import { indexesPart } from './indexes.ts';
import type { ServerFacts } from './part.ts';
import { createPartReader, type PartReader, type Reader, readPart } from './read-part.ts';
import { relationsPart } from './relations.ts';
import { serverPart } from './server.ts';
import { connectionsPart, countersSincePart, statementsSincePart, withheldPart } from './since.ts';
import { sizesPart } from './sizes.ts';
import { statementsPart } from './statements.ts';
import { statisticsPart } from './statistics.ts';
import { typesPart } from './types.ts';
import { readWorkload } from './workload.ts';

export type { Reader };

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
  let done = 0;
  const parts = createPartReader(reader, name => {
    done += 1;
    options.onPart?.(name, done, PARTS);
  });
  const { read } = parts;

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
  const counted = await readStatements(read, facts);
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
    gaps: [...parts.gaps, ...counted.gaps, ...withheldGap(withheld)],
  };
}

const NOTHING_KNOWN: ServerFacts = { versionNumber: 0, statementsSchema: undefined, statementLimit: 0 };

function factsOf(server: Snapshot['server'], statementLimit: number): ServerFacts {
  const extension = server.extensions.find(({ name }) => name === 'pg_stat_statements');
  return { versionNumber: server.versionNumber, statementsSchema: extension?.schema, statementLimit };
}

async function readStatements(read: PartReader['read'], facts: ServerFacts) {
  if (facts.statementsSchema === undefined) {
    const why = 'The extension pg_stat_statements is not created in this database.';
    const gap: Gap = { part: statementsPart.name, why, remedy: statementsPart.remedy };
    return { workload: [], since: undefined, gaps: [gap] };
  }
  const counted = await read(statementsPart, facts);
  const hasInfo = facts.versionNumber >= 140_000 && counted.length > 0;
  const since = hasInfo ? await read(statementsSincePart, facts) : statementsSincePart.empty;
  return { ...readWorkload(counted, since.evictions), since: since.at };
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
  const bytes = sizes.get(nameOf(stored));
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
