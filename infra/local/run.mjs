/**
 * The one door of every npm script: makes sure the machine fits and the packages are there, then runs the command under
 * Node 24.
 *
 * It is plain JavaScript for any Node from 20 on, with nothing installed, because it is what installs.
 *
 * Shape   run.mjs start | serve | clean | check | bench [--requests N] | bench:edge [rounds] | test [arguments for Vitest]
 * Errors  one sentence on standard error; exit codes: 0 done or stopped, 1 failure, 2 bad setting, 3 port taken
 */

import { runSteps } from './run/child.mjs';
import { isCommand, stepsOf } from './run/commands.mjs';
import { ensureInstalled } from './run/install.mjs';
import { platformProblem } from './run/platform.mjs';

const [command = 'start', ...extra] = process.argv.slice(2);

process.exitCode = await main();

async function main() {
  if (!isCommand(command))
    return refuse(`'${command}' is no command; choose start, serve, test, check, clean or bench.`);
  const problem = platformProblem(process) ?? (await ensureInstalled());
  if (problem !== undefined) return refuse(problem);
  return runSteps(stepsOf(command, extra));
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  return 1;
}
