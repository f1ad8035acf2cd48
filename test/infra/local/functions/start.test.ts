import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  LOCAL_REGION,
  type LocalAws,
  localCredentials,
  startAws,
} from '../../../../infra/local/aws/start.ts';
import { type FunctionsPart, startFunctions } from '../../../../infra/local/functions/start.ts';
import { identityOf } from '../../../../infra/local/processes.ts';
import type { FunctionSpec } from '../../../../infra/topology.ts';
import { eventually, until } from '../../../eventually.ts';
import { sendSigned } from '../aws/sdk-signer.ts';

const root = join(import.meta.dirname, 'fixtures');
const probe: FunctionSpec = { entry: 'functions/probe/handler.ts', memoryMb: 256, timeoutSeconds: 1 };
const broken: FunctionSpec = { ...probe, entry: 'functions/broken/handler.ts' };
const ticking: FunctionSpec = {
  ...probe,
  entry: 'functions/ticking/handler.ts',
  schedule: { everySeconds: 1 },
};

let stateDir: string;
let aws: LocalAws;
let functions: FunctionsPart;
const lines: string[] = [];

beforeAll(async () => {
  vi.stubEnv('SECRET_OF_THE_LAUNCHER', 'x');
  stateDir = await mkdtemp(join(tmpdir(), 'headrace-functions-'));
  aws = await startAws({ topology: { buckets: {}, queues: {} }, credentials: localCredentials({}) });
  functions = await start({ probe, broken, ticking });
});

afterAll(async () => {
  await functions.stop();
  await aws.stop();
  await rm(stateDir, { recursive: true });
  vi.unstubAllEnvs();
});

function start(specs: Readonly<Record<string, FunctionSpec>>): Promise<FunctionsPart> {
  const environment = { GREETING: 'hello' };
  const log = (line: string) => lines.push(line);
  return startFunctions({ topology: { functions: specs }, aws, environment, stateDir, root, log });
}

async function invoke(order: object, { name = 'probe', part = functions } = {}) {
  const { ok, payload } = await part.invoke(name, JSON.stringify(order));
  return { ok, ...JSON.parse(payload) };
}

const describeProbe = (part = functions) => invoke({ do: 'describe' }, { part });
const isGone = (pid: number | null) => expect(identityOf(pid ?? 0)).toBeUndefined();

describe('an invocation', () => {
  it('runs the handler with the context of Lambda', async () => {
    const described = await describeProbe();
    expect(described).toMatchObject({
      ok: true,
      name: 'probe',
      memory: '256',
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:probe',
    });
    expect(described.remainingMs).toBeGreaterThan(500);
    expect(described.remainingMs).toBeLessThanOrEqual(1_000);
  });

  it('sees what Lambda would show it, and nothing of the launcher', async () => {
    const { environment } = await describeProbe();
    expect(environment).toMatchObject({
      GREETING: 'hello',
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: 'probe',
    });
    expect(environment).not.toHaveProperty('SECRET_OF_THE_LAUNCHER');
    expect(environment.HOME).toBe(environment.LAMBDA_TASK_ROOT);
  });

  it('has a heap bounded by the memory of the function', async () => {
    const { heapMb } = await describeProbe();
    expect(heapMb).toBeGreaterThan(200);
    expect(heapMb).toBeLessThan(320);
  });

  it('finds the process warm that the one before it left', async () => {
    const { pid } = await describeProbe();
    expect(await describeProbe()).toMatchObject({ pid });
  });

  it('waits for the one before it', async () => {
    const [first, second] = await Promise.all([
      invoke({ do: 'sleep', ms: 50 }),
      invoke({ do: 'sleep', ms: 1 }),
    ]);
    expect(second.begunAt).toBeGreaterThanOrEqual(first.endedAt);
  });

  it('logs JSON with the id of its request, and how it ended', async () => {
    const { requestId } = await describeProbe();
    const ours = () => lines.filter(line => line.startsWith('probe ') && line.includes(requestId));
    await until(() => ours().length === 2);
    // The two come by different ways: either may be first.
    expect(ours().map(line => JSON.parse(line.slice('probe '.length)))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ level: 'INFO', requestId, message: { order: { do: 'describe' } } }),
        {
          type: 'platform.report',
          record: {
            requestId,
            status: 'success',
            coldStart: false,
            metrics: { durationMs: expect.any(Number) },
          },
        },
      ]),
    );
  });
});

describe('a function that fails', () => {
  it('gives its error, and keeps its process', async () => {
    const { pid } = await describeProbe();
    expect(await invoke({ do: 'throw' })).toMatchObject({
      ok: false,
      errorType: 'RangeError',
      errorMessage: 'out of range',
    });
    expect(await describeProbe()).toMatchObject({ pid });
  });

  it('by ending its process is told so, and gets a new one', async () => {
    const { pid } = await describeProbe();
    expect(await invoke({ do: 'exit', code: 7 })).toMatchObject({
      ok: false,
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('Runtime exited with error: exit status 7'),
    });
    const next = await describeProbe();
    expect(next.ok).toBe(true);
    expect(next.pid).not.toBe(pid);
  });

  it.each([{ do: 'sleep', ms: 60_000 }, { do: 'spin' }])(
    'by taking too long ($do) is killed, and starts anew',
    async order => {
      const { pid } = await describeProbe();
      expect(await invoke(order)).toMatchObject({
        ok: false,
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringContaining('Task timed out after 1.00 seconds'),
      });
      expect((await describeProbe()).ok).toBe(true);
      isGone(pid);
    },
  );

  it('to load says why', async () => {
    expect(await invoke({}, { name: 'broken' })).toMatchObject({
      ok: false,
      errorMessage: 'this module does not load',
    });
  });
});

describe('a schedule', () => {
  it('sends the event of an EventBridge rule', async () => {
    const line = await until(() => lines.find(text => /^ticking .*"event"/.test(text)));
    expect(JSON.parse(line.slice('ticking '.length)).message.event).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region: 'us-east-1',
      resources: ['arn:aws:events:us-east-1:000000000000:rule/ticking'],
      detail: {},
    });
  });
});

describe('the Invoke API', () => {
  const call = (name: string, { body = '{"do":"describe"}', type = 'RequestResponse' } = {}) =>
    sendSigned(aws, {
      service: 'lambda',
      method: 'POST',
      path: `/2015-03-31/functions/${name}/invocations`,
      headers: { 'x-amz-invocation-type': type },
      body,
    });

  it('answers with what the function returned', async () => {
    const answer = await call('probe');
    expect([answer.status, answer.headers.get('x-amz-function-error')]).toEqual([200, null]);
    expect(await answer.json()).toMatchObject({ name: 'probe' });
  });

  it('marks an error of the function', async () => {
    const answer = await call('probe', { body: '{"do":"throw"}' });
    expect([answer.status, answer.headers.get('x-amz-function-error')]).toEqual([200, 'Unhandled']);
    expect(await answer.json()).toMatchObject({ errorType: 'RangeError' });
  });

  it('does not wait for an event, and runs nothing for a rehearsal', async () => {
    const order = (note: string) => JSON.stringify({ do: 'describe', note });
    expect((await call('probe', { type: 'DryRun', body: order('rehearsal') })).status).toBe(204);
    expect((await call('probe', { type: 'Event', body: order('event') })).status).toBe(202);
    const noted = (note: string) => lines.some(line => line.includes(`"note":"${note}"`));
    await until(() => noted('event'));
    expect(noted('rehearsal')).toBe(false);
  });

  it.each([
    ['nobody', {}, 404, 'ResourceNotFoundException'],
    ['probe', { body: 'no json' }, 400, 'InvalidRequestContentException'],
  ])('refuses %s %o with %i', async (name, options, status, code) => {
    const answer = await call(name, options);
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([status, code]);
  });

  it('has no other operation', async () => {
    const answer = await sendSigned(aws, { service: 'lambda', method: 'GET', path: '/2015-03-31/functions' });
    expect(answer.status).toBe(501);
  });
});

describe('the end', () => {
  it('leaves no process behind, however often it is asked for', async () => {
    const part = await start({ probe });
    const { pid } = await describeProbe(part);
    await Promise.all([part.stop(), part.stop()]);
    isGone(part.pid);
    isGone(pid);
  });

  it('does not wait for a function that still runs', async () => {
    const part = await start({ probe: { ...probe, timeoutSeconds: 60 } });
    await describeProbe(part);
    const running = invoke({ do: 'sleep', ms: 60_000 }, { part });
    // It may still be told that it was killed, or learn only that nobody is left to tell it.
    const outcome = running.then(({ ok }) => ok).catch(() => false);
    await part.stop();
    expect(await outcome).toBe(false);
  });

  it('of the process by SIGKILL is told, and takes its children with it', async () => {
    const part = await start({ probe });
    const { pid } = await describeProbe(part);
    process.kill(part.pid ?? 0, 'SIGKILL');
    expect(await part.ended).toBe('ended by SIGKILL');
    await eventually(() => isGone(pid));
  });

  it('of the launcher by SIGKILL takes everything with it', async () => {
    const launcher = spawn(process.execPath, [join(root, 'launcher.ts'), stateDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>(resolve => createInterface(launcher.stdout).once('line', resolve));
    const pids = JSON.parse(line);
    expect(identityOf(pids.probe)).toBeDefined();
    launcher.kill('SIGKILL');
    await eventually(() => {
      isGone(pids.functions);
      isGone(pids.probe);
    });
  });
});

describe('a start that cannot succeed', () => {
  const elsewhere = {
    endpoint: 'http://127.0.0.1:9',
    region: LOCAL_REGION,
    credentials: localCredentials({}),
  };

  it('names the file that cannot be bundled, and leaves nothing running', async () => {
    const missing: FunctionSpec = { ...probe, entry: 'functions/missing/handler.ts' };
    const starting = startFunctions({
      topology: { functions: { missing } },
      aws: elsewhere,
      environment: {},
      stateDir,
      root,
    });
    await expect(starting).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(
        /^The function missing cannot be bundled: .*functions\/missing\/handler\.ts/,
      ),
    });
  });
});
