/**
 * What a statement asks of each relation, by the parser's tree and the catalogue.
 *
 * Shape   (SQL, { parser, catalogue }) -> understood | utility | invalid
 * Errors  none: what cannot be understood is said, and the rest goes on
 */

import type { Node } from 'libpg-query';
import type { Access, WrittenColumns } from './access.ts';
import type { Catalogue } from './catalogue.ts';
import type { Outputs, Scope } from './scope.ts';
import { readSelect } from './select.ts';
import type { SqlParser } from './sql-parser.ts';
import type { Found, Surroundings } from './surroundings.ts';
import { selectOf } from './tree.ts';
import { accessOf } from './use.ts';
import { readWriting } from './writes.ts';

export type Understanding =
  | {
      readonly kind: 'understood';
      readonly accesses: readonly Access[];
      readonly writes: readonly WrittenColumns[];
      /** Names that the snapshot does not have. */
      readonly unknown: readonly string[];
    }
  /** BEGIN, SET, CREATE …, or several statements at once: nothing that a planner is asked about. */
  | { readonly kind: 'utility' }
  | { readonly kind: 'invalid'; readonly isCut: boolean; readonly why: string };

export interface UnderstandDeps {
  readonly parser: SqlParser;
  readonly catalogue: Catalogue;
}

export function understand(sql: string, { parser, catalogue }: UnderstandDeps): Understanding {
  const parsed = parser.parse(sql);
  if (parsed.kind === 'invalid') return parsed;
  const [statement, ...others] = parsed.statements;
  if (!statement || others.length > 0 || !isQuery(statement)) return { kind: 'utility' };
  const found: Found = { uses: [], writes: [], unknown: new Set() };
  readStatement(statement, { catalogue, parser, named: new Map(), found, depth: 0, readAny: readStatement });
  const accesses = found.uses.map(accessOf);
  return { kind: 'understood', accesses, writes: found.writes, unknown: [...found.unknown] };
}

const isQuery = (node: Node): boolean =>
  ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'].some(kind => kind in node);

function readStatement(statement: Node | undefined, around: Surroundings, outer?: Scope): Outputs {
  const select = selectOf(statement);
  if (select) return readSelect(select, around, outer);
  if (statement) readWriting(statement, around, outer);
  return new Map();
}
