/**
 * Finds the database that a migration shall run in.
 *
 * Shape   DATABASE_URL, else what a running stack says of itself (.headrace/stack.json) -> address
 * Errors  none: a sentence that says what to do
 */

import { addressIn } from '../stack-file.ts';

export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The text of stack.json, where there is one. */
  readonly stackFile: string | undefined;
}

export type FoundDatabase =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly sentence: string };

export function findDatabase({ environment, stackFile }: Surroundings): FoundDatabase {
  const url = environment.DATABASE_URL || addressIn(stackFile, stack => stack.database);
  if (url) return { ok: true, url };
  return {
    ok: false,
    sentence: 'Set DATABASE_URL to the database it shall run in, or begin with npm start.',
  };
}
