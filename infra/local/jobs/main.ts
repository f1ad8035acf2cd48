/**
 * `npm run jobs -- …`: the jobs of an edge from the command line.
 *
 * Errors  exit codes 0 done, 1 refused or out of reach, or the watched job did not succeed, 2 wrong arguments or settings
 */

import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { createClient } from '../../../shared/client/client.ts';
import { systemClock as clock } from '../../../shared/primitives/clock.ts';
import { EXIT } from '../part.ts';
import { projectDir, STATE_DIR_NAME } from '../paths.ts';
import { createBar } from './bar.ts';
import { parseCommand } from './command.ts';
import { findEdge } from './find-edge.ts';
import { runCommand, UsageError } from './run-command.ts';
import { USAGE } from './usage.ts';

const say = (words: string) => void process.stdout.write(`${words}\n`);
const complain = (words: string) => void process.stderr.write(`${words}\n`);

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const parsed = parseCommand(args);
  if (parsed.kind === 'help') {
    say(USAGE);
    return EXIT.stopped;
  }
  if (parsed.kind === 'wrong') return refuse(`${parsed.sentence}\nnpm run jobs -- --help tells all.`);
  const edge = findEdge({ environment: process.env, stackFile: await readStackFile() });
  if (!edge.ok) return refuse(edge.sentence);
  const { jobs } = createClient(edge);
  const openBar = () => createBar(process.stderr);
  const deps = { jobs, clock, readText, say, complain, openBar };
  return runCommand(parsed.command, deps, { json: parsed.json }).catch(refuseUsage);
}

function refuse(sentence: string): number {
  complain(sentence);
  return EXIT.badSetting;
}

function refuseUsage(error: unknown): number {
  if (error instanceof UsageError) return refuse(error.message);
  throw error;
}

async function readStackFile(): Promise<string | undefined> {
  const folder = resolve(process.env.HEADRACE_STATE_DIR || join(projectDir, STATE_DIR_NAME));
  return readFile(join(folder, 'stack.json'), 'utf8').catch(() => undefined);
}

async function readText(source: string): Promise<string> {
  if (source === '-') return text(process.stdin);
  return readFile(source.slice(1), 'utf8').catch(cause => {
    throw new UsageError(`${source.slice(1)} cannot be read (${cause.code}).`, { cause });
  });
}
