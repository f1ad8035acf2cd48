/**
 * What names mean at one place of a statement: its FROM list, and around it those of the statements it stands in.
 *
 * Shape   (scope, column reference) -> origins: none where it is computed, several where a UNION feeds it
 */

import type { ColumnRef } from 'libpg-query';
import { stringsOf } from './tree.ts';
import { hasColumn, type Origin, readAllColumns, type Use } from './use.ts';

/** Columns of a subquery, and what each comes from. */
export type Outputs = ReadonlyMap<string, readonly Origin[]>;

export type Source =
  | {
      readonly kind: 'relation';
      readonly alias: string;
      readonly use: Use;
      readonly names: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'derived'; readonly alias: string; readonly outputs: Outputs };

export interface Scope {
  readonly sources: Source[];
  readonly named: ReadonlyMap<string, Outputs>;
  readonly outer: Scope | undefined;
}

export function resolve(ref: ColumnRef, scope: Scope | undefined): readonly Origin[] {
  const names = stringsOf(ref.fields);
  const column = names.at(-1);
  if (scope === undefined || column === undefined) return [];
  const table = names.at(-2);
  for (const source of scope.sources) {
    if (table !== undefined && source.alias !== table) continue;
    const found = originsIn(source, column);
    if (found) return found;
  }
  const whole = table === undefined && scope.sources.find(({ alias }) => alias === column);
  if (whole) {
    readWhole(whole);
    return [];
  }
  return resolve(ref, scope.outer);
}

function originsIn(source: Source, column: string): readonly Origin[] | undefined {
  if (source.kind === 'derived') return source.outputs.get(column);
  const own = source.names.get(column) ?? column;
  return hasColumn(source.use.relation, own) ? [{ use: source.use, column: own }] : undefined;
}

/** `*` reads all there is, `o.*` all of `o`. */
export function readStar(ref: ColumnRef, scope: Scope): void {
  const table = stringsOf(ref.fields).at(-1);
  for (const source of scope.sources) if (table === undefined || source.alias === table) readWhole(source);
}

export function readWhole(source: Source): void {
  if (source.kind === 'relation') readAllColumns(source.use);
}

export function outputsOfSource(source: Source): Outputs {
  if (source.kind === 'derived') return source.outputs;
  const shown = new Map([...source.names].map(([alias, own]) => [own, alias]));
  return new Map(
    source.use.relation.columns.map(({ name }) => [
      shown.get(name) ?? name,
      [{ use: source.use, column: name }],
    ]),
  );
}

/** With a list of names behind the alias; closed where no condition from outside may come in. */
export function renamed(outputs: Outputs, names: readonly string[], isClosed = false): Outputs {
  return new Map(
    [...outputs].map(([name, origins], at) => [names[at] ?? name, isClosed ? [] : origins] as const),
  );
}
