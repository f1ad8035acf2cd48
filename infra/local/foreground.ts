/**
 * Runs something in the foreground until a signal, the end of its parent, or its own request: opens, waits, closes, exits.
 *
 * Errors  one sentence on standard error for each exit code but 0
 */

import { EXIT, StartError } from './part.ts';
import { StoppedError } from './stack.ts';

export interface Foreground {
  /** Brings everything up. `stop` ends the run with a failure and its sentence. */
  open(stop: (sentence: string) => void): Promise<void>;
  close(): Promise<void>;
  /** At once and without order, when the user insists. */
  kill(): void;
}

type ExitCode = StartError['exitCode'];

interface End {
  readonly exitCode: ExitCode;
  readonly sentence?: string;
}

export async function runInForeground({ open, close, kill }: Foreground): Promise<never> {
  const { promise: asked, resolve: ask } = Promise.withResolvers<End>();
  listenForStop(ask, kill);
  const opened = open(sentence => ask({ exitCode: EXIT.failure, sentence }));
  const end = await Promise.race([opened.then(() => asked, endOf), asked]);
  if (end.sentence) process.stderr.write(`${end.sentence}\n`);
  await close();
  kill();
  process.exit(end.exitCode);
}

/** Prints the sentence of what failed and names its exit code, for commands that only run to their end. */
export function endOf(error: unknown): End {
  if (error instanceof StartError) return { exitCode: error.exitCode, sentence: error.message };
  if (error instanceof StoppedError) return { exitCode: EXIT.stopped };
  const text = error instanceof Error ? error.stack : String(error);
  return { exitCode: EXIT.failure, sentence: `Unexpected, please report it: ${text}` };
}

function listenForStop(ask: (end: End) => void, kill: () => void): void {
  let asked = false;
  const stop = () => {
    if (asked) {
      kill();
      process.stderr.write('Killed at once; the next start cleans up what is left.\n');
      process.exit(EXIT.failure);
    }
    asked = true;
    process.stdout.write('Stopping; once more kills at once.\n');
    ask({ exitCode: EXIT.stopped });
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  // The channel to run.mjs closes when that process is gone, however it went.
  process.once('disconnect', () => ask({ exitCode: EXIT.stopped }));
  // A closed terminal or pipe is no reason to leave without cleaning up.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
