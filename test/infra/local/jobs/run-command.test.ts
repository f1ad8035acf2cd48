import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../../../infra/local/command-line.ts';
import { createBar } from '../../../../infra/local/jobs/bar.ts';
import { parseCommand } from '../../../../infra/local/jobs/command.ts';
import { runCommand } from '../../../../infra/local/jobs/run-command.ts';
import { createClient } from '../../../../shared/client/client.ts';
import { REPORT, type ServedJobs, serveJobs } from '../../../edge/api/jobs/served-jobs.ts';

let served: ServedJobs;
let onEvent: () => Promise<unknown>;
beforeEach(async () => {
  served = await serveJobs();
  onEvent = async () => {};
});

const PAYLOAD = JSON.stringify(REPORT);

/** What a person sees who types this, and the exit code. */
async function type(line: readonly string[], { isTTY = false, token = served.token } = {}) {
  const parsed = parseCommand(line);
  if (parsed.kind !== 'command') throw new Error('the test is wrong');
  const [said, complained, bar] = [[] as string[], [] as string[], new PassThrough()];
  const fetch = async (url: string, init: RequestInit) => served.fetch(url, init);
  const { jobs } = createClient({ url: 'http://edge.test', token, fetch: fetch as never });
  const watch: typeof jobs.watch = async function* (id, settings) {
    for await (const event of jobs.watch(id, settings)) {
      yield event;
      served.clock.advance(1_000);
      await onEvent();
    }
  };
  const code = await runCommand(
    parsed.command,
    {
      jobs: { ...jobs, watch },
      clock: served.clock,
      readText: async source => (source === '-' ? PAYLOAD : '{"report":'),
      say: text => said.push(text),
      complain: sentence => complained.push(sentence),
      openBar: () => createBar(Object.assign(bar, { isTTY, columns: 80 })),
    },
    { json: parsed.json },
  );
  return { code, said: said.join('\n'), complained: complained.join('\n'), bar: String(bar.read() ?? '') };
}

/** Enqueued, and worked on step by step as the watch tells of it. */
function workOn(id: () => Promise<string>, ending: Parameters<ServedJobs['end']>[1]) {
  const steps = [
    async () => served.claim(await id()),
    async () => served.progress(await id(), 40),
    async () => served.end(await id(), ending),
  ];
  onEvent = async () => steps.shift()?.();
}
const newest = async () => (await served.jobs.list({ limit: 1 })).jobs[0]?.id ?? '';

describe('enqueue', () => {
  it('shows the job that was made', async () => {
    const { code, said } = await type(['enqueue', 'reports', PAYLOAD, '--priority', '8', '--tenant', 'acme']);
    expect(code).toBe(0);
    expect(said).toMatch(/^reports-[0-9a-f]{24}\n {2}state {5}queued\n/);
    expect(said).toContain('high, priority 8');
    expect(said).toContain('acme');
  });

  it('takes a payload from elsewhere', async () => {
    expect((await type(['enqueue', 'reports', '-'])).code).toBe(0);
    await expect(type(['enqueue', 'reports', '@half.json'])).rejects.toBeInstanceOf(UsageError);
    await expect(type(['enqueue', 'reports', '{'])).rejects.toThrow('The payload is no JSON');
  });

  it('goes on to watch, and succeeds only with the job', async () => {
    workOn(newest, { kind: 'succeeded', result: '{"rows":3}' });
    const { code, said, bar } = await type(['enqueue', 'reports', PAYLOAD, '--watch']);
    expect(code).toBe(0);
    expect(bar).toBe('  0 %  queued\n  0 %  running\n 40 %  running\n100 %  succeeded\n');
    expect(said).toContain('result    {"rows":3}');
  });

  it('says what the edge refuses', async () => {
    const { code, complained } = await type(['enqueue', 'reports', '{}']);
    expect(code).toBe(1);
    expect(complained).toBe('JOB_PAYLOAD_INVALID: report must be a text.');
  });
});

describe('watch', () => {
  it('fails with a job that is dead', async () => {
    const { id } = await served.enqueue();
    workOn(async () => id, { kind: 'dead', error: { code: 'REPORT_EMPTY', message: 'no rows' } });
    const { code, said } = await type(['watch', id]);
    expect(code).toBe(1);
    expect(said).toContain('error     REPORT_EMPTY: no rows');
  });

  it('draws a bar in a terminal', async () => {
    const { id } = await served.enqueue();
    workOn(async () => id, { kind: 'succeeded' });
    const { bar } = await type(['watch', id], { isTTY: true });
    expect(bar).toContain('100 %');
    expect(bar).toContain('█');
  });

  it('tells other programs a line of JSON for each event', async () => {
    const { id } = await served.enqueue();
    workOn(async () => id, { kind: 'succeeded' });
    const { said } = await type(['watch', id, '--json']);
    const events = said.split('\n').map(line => JSON.parse(line));
    expect(events.map(({ kind }) => kind)).toEqual(['state', 'state', 'progress', 'state']);
  });
});

describe('the others', () => {
  it('list jobs with the way to the next page', async () => {
    expect((await type(['list'])).said).toBe('No jobs.');
    for (const _ of [1, 2]) {
      served.clock.advance(61_000);
      await served.enqueue();
    }
    const { said } = await type(['list', '--limit', '1']);
    expect(said).toMatch(
      /^job .*state .*attempts .*created\nreports-\S+ +queued +0 +0 s ago\nMore: --cursor \S+$/,
    );
    const cursor = said.split(' ').at(-1) ?? '';
    expect((await type(['list', '--limit', '1', '--cursor', cursor])).said).toContain('1 min ago');
  });

  it('cancel, retry and get show the job as it is then', async () => {
    const { id } = await served.enqueue();
    expect((await type(['cancel', id])).said).toContain('state     cancelled');
    expect((await type(['retry', id])).said).toContain('state     queued');
    expect(JSON.parse((await type(['get', id, '--json'])).said)).toMatchObject({ id, state: 'queued' });
  });

  it('queues are a table, and redrive says where it began', async () => {
    await served.enqueue();
    expect((await type(['queues'])).said).toMatch(
      /^type .*waiting .*\n[\s\S]*^reports +normal +1 +0 +0 +0 /m,
    );
    expect((await type(['redrive', 'reports', '--rate', '4'])).said).toBe(
      'reports comes back, 4 a second (normal: begun, high: begun).',
    );
  });

  it('say what to do about a wrong token', async () => {
    const { code, complained } = await type(['queues'], { token: 'wrong' });
    expect(code).toBe(1);
    expect(complained).toContain('Set ADMIN_TOKEN');
  });
});
