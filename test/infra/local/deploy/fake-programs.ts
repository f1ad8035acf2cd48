/**
 * `cdk`, `wrangler` and `npm` for the PATH: they know the options that the real ones have, refuse all others, note how they were
 * called, and write the files that the real ones write.
 */

import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What stood in the file of secrets, and who could read it. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly mode?: string;
}

export interface Behaviour {
  readonly outputs: object;
  /** Where the Worker answers, in wrangler's report. */
  readonly targets: readonly string[];
  /** What `wrangler secret list` tells; null: there is no Worker. */
  readonly secrets: readonly string[] | null;
  /** `cdk deploy`, `wrangler deploy`, …: which of them ends with an error. */
  readonly fails?: string;
}

const OPTIONS = {
  'cdk deploy': ['--all', '--import-existing-resources', '--outputs-file=', '--require-approval='],
  'npm install': ['--no-save', '--force', '--os=linux', '--prefix=', '@img/sharp-linux-arm64@1'],
  'cdk destroy': ['--all', '--force'],
  'wrangler deploy': ['--env=', '--var=', '--secrets-file='],
  'wrangler secret': ['list', '--env=', '--format='],
  'wrangler delete': ['--env=', '--force'],
};

/** The same file under both names. */
const PROGRAM = `#!${process.execPath}
const { appendFileSync, readFileSync, statSync, writeFileSync } = require('node:fs');
const { basename, dirname, join } = require('node:path');
const program = basename(process.argv[1]);
const folder = dirname(process.argv[1]);
const args = process.argv.slice(2);
const { behaviour, options } = JSON.parse(readFileSync(join(folder, 'behaviour.json'), 'utf8'));
const name = program + ' ' + args[0];
const known = options[name];
if (!known) refuse('there is no ' + name);
const values = {};
for (let at = 1; at < args.length; at++) {
  if (known.includes(args[at])) continue;
  if (!known.includes(args[at] + '=')) refuse('unknown option ' + args[at]);
  if (args[at + 1] === undefined) refuse(args[at] + ' needs a value');
  values[args[at]] = args[++at];
}
const { EDGE_URL, HEADRACE_STAGE } = process.env;
const call = { program, args, environment: { EDGE_URL, HEADRACE_STAGE } };
if (values['--secrets-file']) {
  call.secrets = JSON.parse(readFileSync(values['--secrets-file'], 'utf8'));
  call.mode = (statSync(values['--secrets-file']).mode & 0o777).toString(8);
}
appendFileSync(join(folder, 'calls'), JSON.stringify(call) + '\\n');
if (behaviour.fails === name) refuse('as told');
if (name === 'cdk deploy') writeFileSync(values['--outputs-file'], JSON.stringify(behaviour.outputs));
if (name === 'wrangler deploy') {
  const entry = { type: 'deploy', version: 1, worker_name: 'headrace', targets: behaviour.targets };
  writeFileSync(process.env.WRANGLER_OUTPUT_FILE_PATH, '{"type":"wrangler-session"}\\n' + JSON.stringify(entry) + '\\n');
}
if (name === 'wrangler secret') {
  if (behaviour.secrets === null) refuse('Worker "headrace" not found.\\n\\nIf this is a new Worker, run wrangler deploy');
  console.log(JSON.stringify(behaviour.secrets.map(name => ({ name, type: 'secret_text' }))));
}
function refuse(why) {
  console.error(program + ': ' + why);
  process.exit(1);
}
`;

export async function installFakes(behaviour: Behaviour) {
  const folder = await mkdtemp(join(tmpdir(), 'headrace-programs-'));
  await writeFile(join(folder, 'behaviour.json'), JSON.stringify({ behaviour, options: OPTIONS }));
  for (const program of ['cdk', 'wrangler', 'npm']) {
    await writeFile(join(folder, program), PROGRAM);
    await chmod(join(folder, program), 0o755);
  }
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  return {
    scratch,
    path: `${folder}${delimiter}${process.env.PATH}`,
    async calls(): Promise<Call[]> {
      const text = await readFile(join(folder, 'calls'), 'utf8').catch(() => '');
      return text
        .split('\n')
        .filter(line => line !== '')
        .map(line => JSON.parse(line));
    },
    async behave(changed: Partial<Behaviour>): Promise<void> {
      await writeFile(
        join(folder, 'behaviour.json'),
        JSON.stringify({ behaviour: { ...behaviour, ...changed }, options: OPTIONS }),
      );
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
