/**
 * Starts a server of the stack's own in a process of its own, under the Node that runs the launcher.
 *
 * Shape   file, options -> Part & { url }, once the process has sent its url
 * Units   milliseconds
 * Errors  StartError when the process ends before, with what it said
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { holdOutput } from './held-output.ts';
import { EXIT, type Part, StartError } from './part.ts';
import { exitOf, processPart } from './process-part.ts';

export interface NodePartOptions {
  /** As the beginning of a sentence. */
  readonly name: string;
  /** What a person can do when it does not start. */
  readonly instead: string;
  /** All that it finds there: nothing of the person's own comes along. */
  readonly environment: Readonly<Record<string, string>>;
  readonly graceMs: number;
}

export async function startNodePart(
  file: string,
  options: NodePartOptions,
): Promise<Part & { readonly url: string }> {
  const child = spawn(process.execPath, [file], {
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = holdOutput(child);
  const url = await Promise.race([firstMessage(child), exitOf(child).then(() => undefined)]);
  if (url === undefined) throw notStarted(options, output.text());
  output.release();
  return { ...processPart(child, options), url };
}

function firstMessage(child: ChildProcess): Promise<string> {
  return new Promise(resolve => child.once('message', message => resolve((message as { url: string }).url)));
}

function notStarted({ name, instead }: NodePartOptions, printed: string): StartError {
  const [reason] = printed.match(/^\w*Error:.*$/m) ?? ['it said nothing'];
  return new StartError(EXIT.failure, `${name} did not start (${reason}); ${instead}.`);
}
