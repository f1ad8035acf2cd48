/**
 * Reads what a FROM list brings: relations, subqueries, views and joins between them.
 *
 * Shape   (FROM item, scope, surroundings) -> the scope has grown by its sources
 */

import type { Alias, JoinExpr, Node, RangeVar } from 'libpg-query';
import { readConditions } from './conditions.ts';
import { readExpressions } from './expressions.ts';
import { type Outputs, outputsOfSource, renamed, type Scope, type Source } from './scope.ts';
import type { Surroundings } from './surroundings.ts';
import { stringsOf } from './tree.ts';
import { createUse, type Origin } from './use.ts';

const DEEPEST = 20;

export function readFrom(item: Node, scope: Scope, around: Surroundings): void {
  if ('RangeVar' in item) readName(item.RangeVar, scope, around);
  else if ('JoinExpr' in item) readJoin(item.JoinExpr, scope, around);
  else if ('RangeSubselect' in item) {
    const { subquery, alias } = item.RangeSubselect;
    // What is LATERAL sees its neighbours; of what is not, the parser of Postgres would have refused such a name.
    addDerived(around.readAny(subquery, around, scope), alias, scope);
  } else if ('RangeFunction' in item) {
    readExpressions([item], { scope, parser: around.parser }, around);
    addDerived(new Map(), item.RangeFunction.alias, scope);
  } else if ('RangeTableSample' in item && item.RangeTableSample.relation) {
    readFrom(item.RangeTableSample.relation, scope, around);
  }
}

/** A name is a common table expression before it is a relation, and a view is what it stands for. */
export function readName(name: RangeVar, scope: Scope, around: Surroundings): void {
  const { schemaname, relname = '' } = name;
  const named = schemaname === undefined ? around.named.get(relname) : undefined;
  if (named) {
    addDerived(named, name.alias ?? { aliasname: relname }, scope);
    return;
  }
  const relation = around.catalogue.relation(schemaname, relname);
  if (relation) {
    const use = createUse(relation);
    around.found.uses.push(use);
    scope.sources.push({
      kind: 'relation',
      alias: name.alias?.aliasname ?? relname,
      use,
      names: namesOf(name.alias, relation.columns),
    });
    return;
  }
  readView(name, scope, around);
}

function readView(name: RangeVar, scope: Scope, around: Surroundings): void {
  const { schemaname, relname = '' } = name;
  const definition = around.catalogue.view(schemaname, relname);
  if (definition === undefined || around.depth > DEEPEST) {
    around.found.unknown.add(relname);
    addDerived(new Map(), name.alias ?? { aliasname: relname }, scope);
    return;
  }
  const inside = { ...around, named: new Map(), depth: around.depth + 1 };
  addDerived(around.readAny(definition, inside), name.alias ?? { aliasname: relname }, scope);
}

/** `orders AS o (id, at)` renames columns by their place. */
function namesOf(
  alias: Alias | undefined,
  columns: readonly { readonly name: string }[],
): ReadonlyMap<string, string> {
  return new Map(stringsOf(alias?.colnames).map((shown, at) => [shown, columns[at]?.name ?? shown]));
}

function addDerived(outputs: Outputs, alias: Alias | undefined, scope: Scope): void {
  const named = renamed(outputs, stringsOf(alias?.colnames));
  scope.sources.push({ kind: 'derived', alias: alias?.aliasname ?? '', outputs: named });
}

function readJoin(join: JoinExpr, scope: Scope, around: Surroundings): void {
  const before = scope.sources.length;
  if (join.larg) readFrom(join.larg, scope, around);
  const between = scope.sources.length;
  if (join.rarg) readFrom(join.rarg, scope, around);
  const [left, right] = [scope.sources.slice(before, between), scope.sources.slice(between)];
  const shared = join.isNatural ? sharedNames(left, right) : stringsOf(join.usingClause);
  for (const name of shared) joinBy(name, left, right);
  const reading = { scope, parser: around.parser };
  readConditions(join.quals, reading);
  readExpressions([join.quals], reading, around);
}

function joinBy(name: string, left: readonly Source[], right: readonly Source[]): void {
  for (const { use, column } of [...originsIn(name, left), ...originsIn(name, right)]) {
    use.columns.add(column);
    use.filters.push({ key: { column }, comparison: 'join', operator: '=' });
  }
}

function originsIn(name: string, sources: readonly Source[]): readonly Origin[] {
  return sources.flatMap(source => outputsOfSource(source).get(name) ?? []);
}

function sharedNames(left: readonly Source[], right: readonly Source[]): readonly string[] {
  const names = (sources: readonly Source[]) =>
    new Set(sources.flatMap(source => [...outputsOfSource(source).keys()]));
  const others = names(right);
  return [...names(left)].filter(name => others.has(name));
}
