/**
 * Functions, and the views and sequences that statements may name, as the statements that make them.
 *
 * Shape   -> SQL texts and names, in the order in which they were made
 */

import type { DefinedView, RelationName } from '../snapshot.ts';
import { ofExtension, type Part, text, userSchema } from './part.ts';

/** What is written in C or belongs to the server itself cannot be made elsewhere. */
export const functionsPart: Part<readonly string[]> = {
  name: 'functions',
  sql: () => `SELECT pg_get_functiondef(p.oid) AS definition
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE p.prokind = 'f' AND l.lanname IN ('sql', 'plpgsql') AND p.prorettype <> 'trigger'::regtype
      AND ${userSchema('n')} AND NOT ${ofExtension('pg_proc', 'p.oid')} ORDER BY p.oid LIMIT 2000`,
  read: rows => rows.map(row => text(row.definition)),
  empty: [],
  remedy: 'Check that the user may read pg_proc.',
};

export const viewsPart: Part<readonly DefinedView[]> = {
  name: 'views',
  sql: () => `SELECT n.nspname AS schema, c.relname AS name, pg_get_viewdef(c.oid) AS definition
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'v' AND c.relpersistence <> 't' AND ${userSchema('n')}
      AND NOT ${ofExtension('pg_class', 'c.oid')} ORDER BY c.oid`,
  read: rows =>
    rows.map(row => ({
      schema: text(row.schema),
      name: text(row.name),
      definition: text(row.definition).replace(/;\s*$/, ''),
    })),
  empty: [],
  remedy: 'Check that the user may read pg_views.',
};

export const sequencesPart: Part<readonly RelationName[]> = {
  name: 'sequences',
  sql: () => `SELECT n.nspname AS schema, c.relname AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND ${userSchema('n')} ORDER BY c.oid`,
  read: rows => rows.map(row => ({ schema: text(row.schema), name: text(row.name) })),
  empty: [],
  remedy: 'Check that the user may read pg_class.',
};
