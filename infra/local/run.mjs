/**
 * The one door of every npm script: makes sure the machine fits and the packages are there, then runs the command under
 * Node 24.
 *
 * It is plain JavaScript for any Node from 20 on, with nothing installed, because it is what installs.
 *
 * Shape   run.mjs <command> [its arguments]; commands.mjs has them all
 * Errors  one sentence on standard error; exit codes: 0 done or stopped, 1 failure, 2 bad setting, 3 port taken
 */

import { runSteps } from './run/child.mjs';
import { commandNames, isCommand, stepsOf, takesArguments } from './run/commands.mjs';
import { ensureInstalled } from './run/install.mjs';
import { platformProblem } from './run/platform.mjs';

const SETTINGS = 'Settings are environment variables, and headrace.config.ts: README.md has them.';
const [command = 'start', ...extra] = process.argv.slice(2);

process.exitCode = await main();

async function main() {
  if (!isCommand(command))
    return refuse(`'${command}' is no command; choose one of ${commandNames.join(', ')}.`);
  if (extra.length > 0 && !takesArguments(command))
    return refuse(`'${command}' takes no arguments, and was given ${extra.join(' ')}. ${SETTINGS}`, 2);
  const problem = platformProblem(process) ?? (await ensureInstalled());
  if (problem !== undefined) return refuse(problem);
  return runSteps(stepsOf(command, extra));
}

function refuse(sentence, exitCode = 1) {
  process.stderr.write(`${sentence}\n`);
  return exitCode;
}
