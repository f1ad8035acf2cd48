/**
 * What the size of an index depends on, whatever its kind.
 *
 * Shape   pages(shape) by kind: btree.ts, gin.ts, other-methods.ts
 * Units   pages of 8 KiB; widths bytes as stored, a short value with its one-byte header
 */

export interface IndexShape {
  /** Index entries: rows of the table, or those that the predicate lets through. */
  readonly rows: number;
  /** Of the table, whole. */
  readonly tableRows: number;
  readonly tablePages: number;
  readonly isUnique: boolean;
  /** B-trees of types whose equal values are equal bytes keep each value once (allequalimage). */
  readonly deduplicates: boolean;
  /** Keys, then included columns. */
  readonly columns: readonly ShapedColumn[];
  /** 10 to 100. */
  readonly fillFactor: number;
  /** No more different keys than this, whatever each column has. @default unbounded */
  readonly mostKeys?: number;
}

/** Bytes as stored, each with its share of the values; the shares are one together. */
export type Widths = readonly (readonly [bytes: number, share: number])[];

export interface ShapedColumn {
  readonly isKey: boolean;
  /** -1 where it varies. */
  readonly length: number;
  /** 1, 2, 4 or 8. */
  readonly alignment: number;
  readonly averageWidth: number;
  /** Where it varies and values are known. @default around the average */
  readonly widths?: Widths | undefined;
  readonly nullFraction: number;
  /** How many different values, nulls not counted. */
  readonly distinct: number;
  /** Shares of the most common values, largest first. */
  readonly commonShares: readonly number[];
  /** What GIN takes out of the values. */
  readonly elements: ElementShape | undefined;
}

export interface ElementShape {
  /** Of one value. */
  readonly perValue: number;
  /** Different ones in all. */
  readonly distinct: number;
  /** Bytes as stored. */
  readonly width: number;
  /** Shares of values that have the most common ones, largest first. @default each is as common as the others */
  readonly commonShares?: readonly number[];
}

export const PAGE = 8192;
/** Of a page, for each entry on it. */
export const LINE_POINTER = 4;

export const roundUp = (bytes: number, to: number): number => Math.ceil(bytes / to) * to;
