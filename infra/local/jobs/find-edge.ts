/**
 * Which edge is meant, and with which token: what the environment says, or the stack that runs here.
 *
 * Shape   environment, the stack's file -> { ok, url, token } | the setting that is missing
 * Errors  none (total)
 */

import { addressIn } from '../stack-file.ts';

export type FoundEdge =
  | { readonly ok: true; readonly url: string; readonly token: string }
  | { readonly ok: false; readonly sentence: string };

export interface FindEdgeInput {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The text of stack.json; undefined where no stack runs. */
  readonly stackFile: string | undefined;
}

export function findEdge({ environment, stackFile }: FindEdgeInput): FoundEdge {
  const url = environment.HEADRACE_URL || runningEdge(environment, stackFile);
  if (!url)
    return wrong('No stack runs here: begin with npm start, or say where your edge is in HEADRACE_URL.');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return wrong('HEADRACE_URL must be the address of your edge, for example https://www.example.com.');
  const [token = ''] = (environment.ADMIN_TOKEN ?? '').split(',');
  if (!token.trim()) return wrong('Set ADMIN_TOKEN: npm start prints the one it made.');
  return { ok: true, url, token: token.trim() };
}

function runningEdge(environment: FindEdgeInput['environment'], stackFile: string | undefined) {
  const edge = addressIn(stackFile, stack => stack.edge);
  return edge && edge + (environment.HEADRACE_BASE ?? '');
}

function wrong(sentence: string): FoundEdge {
  return { ok: false, sentence };
}
