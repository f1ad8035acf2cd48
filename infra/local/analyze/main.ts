/**
 * `npm run analyze -- …`: which indexes a database lacks, and which it has for nothing.
 *
 * Errors  exit codes 0 done, 1 failure, 2 wrong arguments or files, 3 done in part
 */

import { systemClock as clock } from '../../../shared/primitives/clock.ts';
import { complain, runAsked, say, UsageError } from '../command-line.ts';
import { createBar } from '../jobs/bar.ts';
import { EXIT } from '../part.ts';
import { type Asked, parseCommand } from './command.ts';
import { runAnalyze } from './run-analyze.ts';
import { USAGE } from './usage.ts';

process.exitCode = await runAsked(
  parseCommand(process.argv.slice(2), process.env),
  { command: 'analyze', usage: USAGE },
  carryOut,
);

async function carryOut({ command }: Asked): Promise<number> {
  try {
    return await runAnalyze(command, { clock, bar: createBar(process.stderr), say });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    complain(error instanceof Error ? error.message : String(error));
    return EXIT.failure;
  }
}
