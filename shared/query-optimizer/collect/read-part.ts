/**
 * Reads the parts of a database one after the other, and says of each that cannot be read why not, and what would enable it.
 *
 * Shape   createPartReader(reader, onPart) -> { read(part, facts) -> its value, gaps so far }
 * Errors  none of the database's: a part that cannot be read is empty, and a gap. Of one that waits for a table that somebody holds
 *         exclusively, all is read but what would wait
 */

import { DatabaseError, SessionLost } from '../session.ts';
import type { Gap } from '../snapshot.ts';
import { asJson, type JsonRow, type Part, type ServerFacts } from './part.ts';

/** Reads in a transaction that cannot write, waits for no lock and for no answer longer than its timeouts. */
export interface Reader {
  read(sql: string): Promise<readonly JsonRow[]>;
}

export interface PartReader {
  read<Value>(part: Part<Value>, facts: ServerFacts): Promise<Value>;
  readonly gaps: readonly Gap[];
}

export function createPartReader(reader: Reader, onPart: (name: string) => void): PartReader {
  const gaps: Gap[] = [];
  return {
    gaps,
    async read(part, facts) {
      const value = await readPart(reader, part, facts).catch(error => {
        gaps.push(gapOf(part, error));
        return isLockTimeout(error) ? readUnlocked(reader, part, facts) : part.empty;
      });
      onPart(part.name);
      return value;
    },
  };
}

export async function readPart<Value>(reader: Reader, part: Part<Value>, facts: ServerFacts): Promise<Value> {
  const [row] = await reader.read(asJson(part.sql(facts)));
  return part.read(JSON.parse(String(row?.rows ?? '[]')) as JsonRow[]);
}

const isLockTimeout = (error: unknown): boolean => error instanceof DatabaseError && error.code === '55P03';

function readUnlocked<Value>(reader: Reader, part: Part<Value>, facts: ServerFacts): Promise<Value> {
  return readPart(reader, part, { ...facts, passesLocked: true }).catch(() => part.empty);
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
