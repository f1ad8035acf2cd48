/**
 * A snapshot as the text of a file, and back: what is read is checked, since a file may come from anywhere.
 *
 * Shape   Snapshot -> JSON; JSON -> Snapshot | a sentence that says what is wrong with it, and where
 * Errors  none; a bad file is a value
 */

import type { Snapshot } from './snapshot.ts';
import { snapshotSchema } from './snapshot-schema.ts';

export type ReadSnapshot =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'invalid'; readonly why: string };

export const formatSnapshot = (snapshot: Snapshot): string => `${JSON.stringify(snapshot)}\n`;

export function parseSnapshot(text: string): ReadSnapshot {
  const parsed = parseJson(text);
  if (parsed === undefined) return invalid('it is not JSON');
  const format = (parsed as { format?: unknown } | null)?.format;
  if (format !== 1)
    return invalid(`its format is ${JSON.stringify(format) ?? 'not said'}, and only 1 is known`);
  const checked = snapshotSchema().safeParse(parsed);
  if (checked.success) return { kind: 'snapshot', snapshot: checked.data as Snapshot };
  const [issue] = checked.error.issues;
  return invalid(`at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'something else'}`);
}

const invalid = (why: string): ReadSnapshot => ({
  kind: 'invalid',
  why: `This is no snapshot that can be read: ${why}. Take a new one with --save-snapshot.`,
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
