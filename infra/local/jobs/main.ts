/**
 * `npm run jobs -- …`: the jobs of an edge from the command line.
 *
 * Errors  exit codes 0 done, 1 refused or out of reach, or the watched job did not succeed, 2 wrong arguments or settings
 */

import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { createClient } from '../../../shared/client/client.ts';
import { systemClock as clock } from '../../../shared/primitives/clock.ts';
import { complain, runAsked, say, UsageError } from '../command-line.ts';
import { readStackFile } from '../stack-file.ts';
import { createBar } from './bar.ts';
import { type Asked, parseCommand } from './command.ts';
import { findEdge } from './find-edge.ts';
import { runCommand } from './run-command.ts';
import { USAGE } from './usage.ts';

process.exitCode = await runAsked(
  parseCommand(process.argv.slice(2)),
  { command: 'jobs', usage: USAGE },
  carryOut,
);

async function carryOut({ command, json }: Asked): Promise<number> {
  const edge = findEdge({ environment: process.env, stackFile: await readStackFile(process.env) });
  if (!edge.ok) throw new UsageError(edge.sentence);
  const { jobs } = createClient(edge);
  const openBar = () => createBar(process.stderr);
  return runCommand(command, { jobs, clock, readText, say, complain, openBar }, { json });
}

async function readText(source: string): Promise<string> {
  if (source === '-') return text(process.stdin);
  return readFile(source.slice(1), 'utf8').catch(cause => {
    throw new UsageError(`${source.slice(1)} cannot be read (${cause.code}).`, { cause });
  });
}
