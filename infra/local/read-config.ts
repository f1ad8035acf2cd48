/**
 * Reads headrace.config.ts and checks what it says, before anything starts.
 *
 * Shape   folder of the file -> Config
 * Errors  StartError (2) that names the line that cannot be read, or the path of the wrong field
 */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Config, parseConfig } from '../../shared/config/config.ts';
import { EXIT, StartError } from './part.ts';

const NAME = 'headrace.config.ts';

export async function readConfig(folder: string): Promise<Config> {
  const module = await import(pathToFileURL(join(folder, NAME)).href).catch(cause => {
    const sentence = `${NAME}${lineOf(cause)} cannot be read (${reasonOf(cause)}): correct it.`;
    throw new StartError(EXIT.badSetting, sentence, { cause });
  });
  const parsed = parseConfig(module.default);
  if (!parsed.ok) throw new StartError(EXIT.badSetting, parsed.sentence);
  return parsed.config;
}

/** `:3`, where it is known: to the stack alone. */
function lineOf(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined;
  return /headrace\.config\.ts(:\d+)/.exec(stack ?? '')?.[1] ?? '';
}

/** A person's file may throw anything, in as many lines as it likes. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n')[0] ?? '';
}
