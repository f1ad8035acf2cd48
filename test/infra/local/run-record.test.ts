import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRunRecord, endLeftovers, isLauncherLeaving } from '../../../infra/local/run-record.ts';

let folder: string;
let file: string;
let sleeper: ChildProcess;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headrace-record-'));
  file = join(folder, 'run.json');
  sleeper = spawn('sleep', ['60'], { stdio: 'ignore' });
  await once(sleeper, 'spawn');
});

afterEach(async () => {
  sleeper.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

type Entry = { name: string; pid: number; identity: string };

/** The record of this run, as if the launcher that wrote it had ended. */
async function orphan(change: (entry: Entry) => Entry = entry => entry): Promise<void> {
  createRunRecord(file).keep('redis', sleeper.pid as number);
  const entries = JSON.parse(await readFile(file, 'utf8')) as Entry[];
  await writeFile(file, JSON.stringify(entries.filter(({ name }) => name !== 'launcher').map(change)));
}

test('ends what a killed run left, and forgets it', async () => {
  await orphan();
  expect(await endLeftovers(file)).toEqual(['redis']);
  expect(sleeper.signalCode ?? (await once(sleeper, 'exit'))[1]).toBe('SIGINT');
  expect(existsSync(file)).toBe(false);
});

test('spares a process that only has the same id', async () => {
  await orphan(entry => ({ ...entry, identity: entry.identity.replace(/\d+$/, '1') }));
  expect(await endLeftovers(file)).toEqual([]);
  expect(sleeper.kill(0)).toBe(true);
});

test('spares everything while the launcher lives', async () => {
  createRunRecord(file).keep('redis', sleeper.pid as number);
  expect(await endLeftovers(file)).toEqual([]);
  expect(existsSync(file)).toBe(true);
});

test.each([
  ['lives', 0, false],
  ['is gone', 1, true],
])('a launcher whose parent %s', async (_, other, isLeaving) => {
  createRunRecord(file).keep('launcher', sleeper.pid as number);
  const [, entry] = JSON.parse(await readFile(file, 'utf8')) as (Entry & { parent: number })[];
  await writeFile(file, JSON.stringify([{ ...entry, parent: (entry?.parent ?? 0) + other }]));
  expect(isLauncherLeaving(file)).toBe(isLeaving);
});

test('forces what does not listen', async () => {
  const stubborn = spawn('sh', ['-c', 'trap "" INT; echo up; while :; do sleep 1; done'], { detached: true });
  await once(stubborn.stdout, 'data');
  await orphan(entry => entry);
  createRunRecord(file).keep('stubborn', stubborn.pid as number);
  const entries = JSON.parse(await readFile(file, 'utf8')) as Entry[];
  await writeFile(file, JSON.stringify(entries.filter(({ name }) => name === 'stubborn')));
  const exit = once(stubborn, 'exit');
  await endLeftovers(file);
  expect((await exit)[1]).toBe('SIGKILL');
  process.kill(-(stubborn.pid as number), 'SIGKILL');
});

test.each([
  ['there is none', undefined],
  ['it was cut off', '[{"name":'],
])('does nothing when %s', async (_, text) => {
  if (text !== undefined) await writeFile(file, text);
  expect(await endLeftovers(file)).toEqual([]);
});

test('is readable by its owner only', async () => {
  createRunRecord(file);
  const { stat } = await import('node:fs/promises');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
