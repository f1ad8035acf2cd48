/**
 * What ANALYZE measured of a database's columns, as plain data.
 *
 * Shape   pg_stats and pg_stats_ext, row by row
 * Units   shares 0 to 1; widths bytes; a count below zero is a share of the rows
 */

export interface RelationName {
  readonly schema: string;
  readonly name: string;
}

/** A row of pg_stats, array columns as the text that Postgres prints for them. */
export interface ColumnStatistics {
  /** Of an expression index's key: the index. */
  readonly table: RelationName;
  /** A column's name; of an index the key's number, from 1. */
  readonly column: string;
  /** @default false */
  readonly ofIndex?: boolean;
  readonly inherited: boolean;
  readonly nullFraction: number;
  readonly averageWidth: number;
  readonly distinct: number;
  readonly mostCommonValues: string | undefined;
  readonly mostCommonFrequencies: readonly number[] | undefined;
  readonly histogramBounds: string | undefined;
  readonly correlation: number | undefined;
  readonly mostCommonElements: string | undefined;
  readonly mostCommonElementFrequencies: readonly number[] | undefined;
  readonly elementCountHistogram: readonly number[] | undefined;
}

/** What was defined and measured of several columns together. */
export interface ExtendedStatistics extends RelationName {
  readonly table: RelationName;
  /** As `pg_get_statisticsobjdef` prints it. */
  readonly definition: string;
  /** How many different combinations there are of these columns. */
  readonly distinct: readonly { readonly columns: readonly string[]; readonly distinct: number }[];
  /** How far the columns before the last decide the last, 0 to 1. */
  readonly dependencies: readonly { readonly columns: readonly string[]; readonly degree: number }[];
}
