/**
 * What every command that a person types does alike: it reads its options, says how it is used, and ends with an exit code.
 *
 * Shape   what was asked for -> exit code
 * Errors  UsageError where arguments, settings or files are not what they must be
 */

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { EXIT, StartError } from './part.ts';

/** `Asked` is what the command was told to do. */
export type Parsed<Asked extends object> =
  | ({ readonly kind: 'command' } & Asked)
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly sentence: string };

export class UsageError extends StartError {
  override readonly name = 'UsageError';

  constructor(sentence: string, options?: ErrorOptions) {
    super(EXIT.badSetting, sentence, options);
  }
}

export const say = (words: string) => void process.stdout.write(`${words}\n`);
export const complain = (words: string) => void process.stderr.write(`${words}\n`);

/** As Node reads them; `refusal` makes a sentence of its own of what is wrong. */
export function readOptions<const Config extends ParseArgsConfig>(
  config: Config,
  refusal: (what: string) => UsageError = what => new UsageError(what),
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw refusal(error instanceof Error ? error.message : String(error));
  }
}

/** What was refused while it was read is told, and not thrown. */
export function orWrong<Asked extends object>(read: () => Parsed<Asked>): Parsed<Asked> {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) return { kind: 'wrong', sentence: error.message };
    throw error;
  }
}

export interface Usage {
  /** As package.json calls it. */
  readonly command: string;
  readonly usage: string;
}

export async function runAsked<Asked extends object>(
  parsed: Parsed<Asked>,
  { command, usage }: Usage,
  run: (asked: Asked) => Promise<number>,
): Promise<number> {
  if (parsed.kind === 'help') {
    say(usage);
    return EXIT.stopped;
  }
  try {
    if (parsed.kind === 'command') return await run(parsed);
    throw new UsageError(`${parsed.sentence}\nnpm run ${command} -- --help tells all.`);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(error.message);
    return EXIT.badSetting;
  }
}
