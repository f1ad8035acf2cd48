/**
 * A workload as a file: one statement a line, as JSON.
 *
 * Shape   `{"id": "1", "sql": "SELECT …", "calls": 10, "normalized": true}` a line -> statements | what is wrong with which line
 */

import { z } from 'zod';
import { lazy } from '../../primitives/lazy.ts';
import type { Statement } from '../snapshot.ts';

export type ReadWorkload =
  | { readonly kind: 'read'; readonly statements: readonly Statement[] }
  | { readonly kind: 'wrong'; readonly sentence: string };

const lineSchema = lazy(() =>
  z.object({
    id: z.union([z.string(), z.number()]).transform(String),
    sql: z.string(),
    calls: z.number().positive().default(1),
    normalized: z.boolean().optional(),
    totalMs: z.number().nonnegative().optional(),
    rows: z.number().nonnegative().optional(),
  }),
);

export function readWorkloadLines(text: string): ReadWorkload {
  const statements: Statement[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const parsed = lineSchema().safeParse(jsonOf(line));
    if (!parsed.success) return wrong(at + 1, parsed.error);
    const { id, sql, calls, normalized, totalMs, rows } = parsed.data;
    statements.push({ id, sql, calls, totalMs, rows, normalized: normalized ?? hasPlaceholder(sql) });
  }
  if (statements.length === 0)
    return {
      kind: 'wrong',
      sentence:
        'The workload has no statement: write one JSON object a line, {"id": "1", "sql": "SELECT …"}.',
    };
  return { kind: 'read', statements };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function wrong(line: number, { issues }: z.ZodError): ReadWorkload {
  const [issue] = issues;
  const field = issue?.path.join('.');
  const what = field ? `${field}: ${issue?.message}` : 'it is not a JSON object';
  return { kind: 'wrong', sentence: `Line ${line} of the workload is wrong: ${what}.` };
}

/** Where it does not say. */
const hasPlaceholder = (sql: string): boolean => /\$\d/.test(sql);
