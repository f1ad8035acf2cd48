/**
 * One thing that is read of a database: its statement, and what its rows mean.
 *
 * Shape   Part<Value>: sql(facts) -> rows -> Value; the statement's result comes as one JSON text, so that every driver says
 *         the same
 */

export interface Part<Value> {
  /** As people call it. */
  readonly name: string;
  sql(facts: ServerFacts): string;
  read(rows: readonly JsonRow[]): Value;
  /** Where it cannot be read. */
  readonly empty: Value;
  /** What would enable it, a sentence. */
  readonly remedy: string;
}

export type JsonRow = Readonly<Record<string, unknown>>;

/** What is known before anything else is read. */
export interface ServerFacts {
  readonly versionNumber: number;
  /** Where pg_stat_statements was created; undefined where it was not. */
  readonly statementsSchema: string | undefined;
  /** As many statements at most, those with the most time and those with the most calls. */
  readonly statementLimit: number;
  /** What waits for a table that somebody holds exclusively is then NULL. @default false */
  readonly passesLocked?: boolean;
}

/** The mark by which our own statements are known in pg_stat_statements, which keeps comments. */
export const OWN_MARK = '/* headrace */';

export const asJson = (sql: string): string =>
  `SELECT ${OWN_MARK} coalesce(json_agg(r), '[]')::text AS rows FROM (${sql}) r`;

/** A call that waits for the table with this oid. */
export const ofTable = (call: string, table: string, { passesLocked }: ServerFacts): string =>
  passesLocked ? `CASE WHEN NOT ${isLocked(table)} THEN ${call} END` : call;

/** By somebody who has it, or is the next to. */
const isLocked = (table: string): string =>
  `EXISTS (SELECT FROM pg_locks l WHERE l.relation = ${table} AND l.mode = 'AccessExclusiveLock')`;

/** Neither the system's nor a session's own, by the alias of pg_namespace. */
export const userSchema = (namespace: string): string =>
  `${namespace}.nspname !~ '^pg_' AND ${namespace}.nspname <> 'information_schema'`;

/** Made by an extension, which makes it again where it is installed. */
export const ofExtension = (catalogue: string, oid: string): string =>
  `EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;

export const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
export const optionalText = (value: unknown): string | undefined =>
  value === null || value === undefined ? undefined : String(value);
export const count = (value: unknown): number => Number(value ?? 0);
export const optionalCount = (value: unknown): number | undefined =>
  value === null || value === undefined ? undefined : Number(value);
export const list = <Item>(value: unknown): readonly Item[] => (Array.isArray(value) ? value : []);
export const instant = (value: unknown): number | undefined =>
  value === null || value === undefined ? undefined : Math.round(Number(value));
/** SQL for a timestamp as epoch ms. */
export const epochMs = (sql: string): string => `extract(epoch FROM ${sql}) * 1000`;
