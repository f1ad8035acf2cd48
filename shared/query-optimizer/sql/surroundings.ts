/** What is known around a piece of a statement while it is read, and where the uses that it finds are kept. */

import type { Node } from 'libpg-query';
import type { WrittenColumns } from './access.ts';
import type { Catalogue } from './catalogue.ts';
import type { Outputs, Scope } from './scope.ts';
import type { SqlParser } from './sql-parser.ts';
import type { Use } from './use.ts';

export interface Surroundings {
  readonly catalogue: Catalogue;
  readonly parser: SqlParser;
  /** Common table expressions. */
  readonly named: ReadonlyMap<string, Outputs>;
  readonly found: Found;
  /** How many views deep: a view may not contain itself, but what claims so must end. */
  readonly depth: number;
  /** Reads a statement of any kind, as it stands in a WITH. */
  readonly readAny: (statement: Node | undefined, around: Surroundings, outer?: Scope) => Outputs;
}

export interface Found {
  readonly uses: Use[];
  readonly writes: WrittenColumns[];
  /** Names of relations that the snapshot does not have. */
  readonly unknown: Set<string>;
}
