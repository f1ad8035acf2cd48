/**
 * The functions' process: does what the launcher says over their channel, and ends with all its children when told to or
 * when the launcher is gone.
 */

import { systemClock } from '../../../shared/primitives/clock.ts';
import { StartError } from '../part.ts';
import { notRun } from './invocation.ts';
import type { FromFunctions, FunctionsSettings, ToFunctions } from './messages.ts';
import { type FunctionsRuntime, startRuntime } from './runtime.ts';

let starting: Promise<FunctionsRuntime | null> = Promise.resolve(null);

process.on('message', (message: ToFunctions) => {
  if (message.kind === 'start') starting = start(message.settings);
  else void invoke(message);
});
process.once('SIGTERM', end);
process.once('disconnect', end);

async function start(settings: FunctionsSettings): Promise<FunctionsRuntime | null> {
  const log = (name: string, line: string) => console.log(`${name} ${line}`);
  try {
    const runtime = await startRuntime(settings, { clock: systemClock, log });
    tell({ kind: 'started', urls: runtime.urls });
    return runtime;
  } catch (error) {
    tell({ kind: 'refused', sentence: error instanceof StartError ? error.message : String(error) });
    return null;
  }
}

async function invoke({ id, name, payload }: ToFunctions & { kind: 'invoke' }): Promise<void> {
  const runtime = await starting;
  const result = runtime?.invoke(name, payload).catch(notRun) ?? notRun('The functions are not running');
  const { ok, payload: text } = await result;
  tell({ kind: 'invoked', id, result: { ok, payload: text } });
}

function tell(message: FromFunctions): void {
  if (process.connected) process.send?.(message);
}

async function end(): Promise<void> {
  const runtime = await starting;
  await runtime?.stop();
  process.exit(0);
}
