/**
 * Reads what follows `npm run deploy --` and `npm run destroy --`.
 *
 * Shape   ['--stage', 'staging', '--yes'] -> { stage, dryRun, yes } | help
 * Errors  UsageError with the sentence for what is wrong
 */

import { DEPLOYMENT_SETTINGS } from '../../deployment-settings.ts';
import { readOptions, UsageError } from '../command-line.ts';

export interface DeployOptions {
  /** As the environment of wrangler.toml is called, and HEADRACE_STAGE. */
  readonly stage: string;
  readonly dryRun: boolean;
  /** Asks nothing, for machines. */
  readonly yes: boolean;
}

const OPTIONS = {
  stage: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** `fallback` is the environment's HEADRACE_STAGE. */
export function readArguments(given: readonly string[], fallback = ''): DeployOptions | 'help' {
  const { values } = readOptions({ args: [...given], options: OPTIONS }, wrong);
  const { stage = fallback || 'production', 'dry-run': dryRun, yes, help } = values;
  if (help) return 'help';
  if (!DEPLOYMENT_SETTINGS.HEADRACE_STAGE.is.test(stage))
    throw wrong(`--stage is ${stage}, not up to ten letters and digits in lower case`);
  return { stage, dryRun, yes };
}

function wrong(what: string): UsageError {
  return new UsageError(`${what}. --help tells all.`);
}
