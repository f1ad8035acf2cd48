/**
 * `npm run analyze -- …`: which indexes a database lacks, and which it has for nothing.
 *
 * Errors  exit codes 0 done, 1 failure, 2 wrong arguments or files, 3 done in part
 */

import { systemClock as clock } from '../../../shared/primitives/clock.ts';
import { createBar } from '../jobs/bar.ts';
import { EXIT } from '../part.ts';
import { parseCommand } from './command.ts';
import { WrongInput } from './read-input.ts';
import { runAnalyze } from './run-analyze.ts';
import { USAGE } from './usage.ts';

const say = (words: string) => void process.stdout.write(`${words}\n`);
const complain = (words: string) => void process.stderr.write(`${words}\n`);

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const parsed = parseCommand(args, process.env);
  if (parsed.kind === 'help') {
    say(USAGE);
    return EXIT.stopped;
  }
  if (parsed.kind === 'wrong') {
    complain(`${parsed.sentence}\nnpm run analyze -- --help tells all.`);
    return EXIT.badSetting;
  }
  try {
    return await runAnalyze(parsed.command, { clock, bar: createBar(process.stderr), say });
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
    return error instanceof WrongInput ? EXIT.badSetting : EXIT.failure;
  }
}
