/**
 * Reads what follows `npm run deploy --` and `npm run destroy --`.
 *
 * Shape   ['--stage', 'staging', '--yes'] -> { stage, dryRun, yes } | help
 * Errors  StartError with the sentence for what is wrong
 */

import { parseArgs } from 'node:util';
import { EXIT, StartError } from '../part.ts';

export interface DeployOptions {
  /** As the environment of wrangler.toml is called, and HEADRACE_STAGE. */
  readonly stage: string;
  readonly dryRun: boolean;
  /** Asks nothing, for machines. */
  readonly yes: boolean;
}

const STAGE = /^[a-z][a-z0-9]{0,9}$/;

const OPTIONS = {
  stage: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** `fallback` is the environment's HEADRACE_STAGE. */
export function readArguments(given: readonly string[], fallback = ''): DeployOptions | 'help' {
  const { stage = fallback || 'production', 'dry-run': dryRun, yes, help } = parse(given);
  if (help) return 'help';
  if (!STAGE.test(stage)) throw wrong(`--stage is ${stage}, not up to ten letters and digits in lower case`);
  return { stage, dryRun, yes };
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({ args: [...given], options: OPTIONS }).values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

function wrong(what: string): StartError {
  return new StartError(EXIT.badSetting, `${what}. --help tells all.`);
}
