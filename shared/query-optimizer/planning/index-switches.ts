/**
 * Makes a planner see some of a database's indexes and not the others, by the flag that says whether an index is valid: the
 * planner passes by what is not. Of indexes on a partitioned table those of its partitions go with it.
 *
 * Shape   load() reads the catalogue; switchTo(oids that are on) changes what differs from before
 * Errors  those of the session; only a superuser may write the catalogue, so this is for databases of our own
 * Cost    a round trip where something changes, none otherwise
 * Source  PostgreSQL, pg_index.indisvalid
 */

import type { Session } from '../session.ts';

export interface CataloguedIndex {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  /** The index of the partitioned table above it. */
  readonly parent: string | undefined;
  readonly isValid: boolean;
}

const INDEXES = `SELECT c.oid::text AS oid, n.nspname::text AS schema, c.relname::text AS name, h.inhparent::text AS parent,
    i.indisvalid AS valid
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_inherits h ON h.inhrelid = c.oid
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND i.indislive`;

export async function loadIndexes(session: Session): Promise<readonly CataloguedIndex[]> {
  const rows = await session.query(INDEXES);
  return rows.map(row => ({
    oid: String(row.oid),
    schema: String(row.schema),
    name: String(row.name),
    parent: row.parent === null ? undefined : String(row.parent),
    isValid: row.valid === true,
  }));
}

const SWITCH = `UPDATE pg_index SET indisvalid = (indexrelid = ANY ($2::text::oid[]))
  WHERE indexrelid = ANY ($1::text::oid[])`;

export interface IndexSwitches {
  /** What is not among these is off, of those that were ever told of. */
  switchTo(on: ReadonlySet<string>): Promise<void>;
  /** New ones, and whether they are valid now. */
  add(oids: readonly string[], isOn: boolean): void;
}

export function createIndexSwitches(session: Session): IndexSwitches {
  const states = new Map<string, boolean>();
  return {
    add(oids, isOn) {
      for (const oid of oids) states.set(oid, isOn);
    },
    async switchTo(on) {
      const changed = [...states].filter(([oid, isOn]) => isOn !== on.has(oid)).map(([oid]) => oid);
      if (changed.length === 0) return;
      await session.query(SWITCH, [asArray(changed), asArray(changed.filter(oid => on.has(oid)))]);
      for (const oid of changed) states.set(oid, on.has(oid));
    },
  };
}

export const asArray = (oids: readonly string[]): string => `{${oids.join(',')}}`;

/** An index and all below it. */
export function familyOf(oid: string, indexes: readonly CataloguedIndex[]): readonly string[] {
  const below = indexes.filter(index => index.parent === oid);
  return [oid, ...below.flatMap(index => familyOf(index.oid, indexes))];
}
