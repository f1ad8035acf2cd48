/**
 * Reads what follows `npm run images --`.
 *
 * Shape   ['--dir', 'photos', '--port', '0', '--ladder', 'off'] -> { dir, port, settings }
 * Errors  UsageError with the sentence for what is missing or wrong
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ImageSettingsInput } from '../../../shared/images/settings.ts';
import { readOptions, UsageError } from '../command-line.ts';

export interface ImageServing {
  readonly dir: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly settings: ImageSettingsInput;
}

const USAGE = 'npm run images -- --dir <folder> --port <number> [--ladder off]';

export function readArguments(given: readonly string[]): ImageServing {
  const { dir, port, ladder } = readOptions({ args: [...given], options: OPTIONS }, wrong).values;
  if (dir === undefined) throw wrong('--dir is missing');
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) throw wrong(`--dir: ${dir} is no folder`);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw wrong(`--port: ${port} is no port`);
  if (ladder !== 'on' && ladder !== 'off') throw wrong(`--ladder is ${ladder}, not on or off`);
  return {
    dir: resolve(dir),
    port: Number(port),
    settings: { forms: ['query', 'ipx'], ...(ladder === 'off' && { ladder: null }) },
  };
}

const OPTIONS = {
  dir: { type: 'string' },
  port: { type: 'string', default: '0' },
  ladder: { type: 'string', default: 'on' },
} as const;

function wrong(what: string): UsageError {
  return new UsageError(`${what}. Use: ${USAGE}`);
}
