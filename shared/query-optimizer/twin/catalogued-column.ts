/**
 * A column of a proposed index, as the twin's catalogue has it.
 *
 * Units   bytes; a length of -1 varies
 */

export interface CataloguedColumn {
  readonly isKey: boolean;
  readonly length: number;
  readonly alignment: number;
  readonly column: string | undefined;
  readonly expression: string | undefined;
  /** The one column that an expression is made of. */
  readonly of: string | undefined;
  readonly operatorClass: string;
  readonly type: string;
}
