import { afterEach, describe, expect, it } from 'vitest';
import { type DeployDeps, deploy } from '../../../../infra/local/deploy/deploy.ts';
import { destroy } from '../../../../infra/local/deploy/destroy.ts';
import { createRunStep } from '../../../../infra/local/deploy/step.ts';
import { type Behaviour, installFakes } from './fake-programs.ts';

const OUTPUTS = {
  'Headrace-Images': {
    optimizeimageurl: 'https://abc.lambda-url.eu-central-1.on.aws/',
    imagesbucketname: 'i',
  },
  'Headrace-Jobs': {
    warmingqueueurl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/headrace-warming',
    databucketname: 'headrace-data-123456789012-eu-central-1',
    functionsurl: 'https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/headrace-',
    edgepolicy: 'arn:aws:iam::123456789012:policy/edge',
  },
};
const KEYS = { EDGE_AWS_ACCESS_KEY_ID: 'AKIAEDGE', EDGE_AWS_SECRET_ACCESS_KEY: 'edge-secret-value' };
const OPTIONS = { stage: 'production', dryRun: false, yes: true };
const PLAIN = [
  'ORIGIN_URL',
  'AWS_REGION',
  'JOBS_QUEUE_URL',
  'JOBS_PAYLOAD_URL',
  'IMAGE_FUNCTION_URL',
  'FUNCTIONS_URL',
  'ASSETS_URL',
];

let fakes: Awaited<ReturnType<typeof installFakes>>;
afterEach(() => fakes.remove());

async function open(behaviour: Partial<Behaviour> = {}, changed: Partial<DeployDeps> = {}) {
  const asked: string[] = [];
  fakes = await installFakes({
    outputs: OUTPUTS,
    targets: ['https://headrace.example.workers.dev'],
    secrets: null,
    ...behaviour,
  });
  const said: string[] = [];
  let known: string | undefined;
  const deps: DeployDeps = {
    run: createRunStep({ PATH: fakes.path }, process.cwd()),
    say: line => said.push(line),
    async fetch(url, init) {
      const { method, headers } = new Request(url, init);
      asked.push(`${method} ${url} ${headers.get('authorization')}`);
      return Response.json({ quietUntil: 1 });
    },
    environment: {
      ADMIN_TOKEN: 'a token of at least 32 characters',
      ...KEYS,
      AWS_ACCESS_KEY_ID: 'AKIADEPLOYER',
    },
    region: 'eu-central-1',
    edgeUrl: undefined,
    plain: PLAIN,
    scratch: fakes.scratch,
    known: {
      read: async () => known,
      write: async url => {
        known = url;
      },
    },
    ...changed,
  };
  return { deps, said, asked, known: () => known };
}

const varsIn = (args: readonly string[]) =>
  Object.fromEntries(
    args.flatMap((arg, at) => {
      const [name = '', ...value] = String(args[at + 1]).split(':');
      return arg === '--var' ? [[name, value.join(':')]] : [];
    }),
  );

describe('a deployment', () => {
  it('draws the stacks, hands what they put out to the Worker, and its address back', async () => {
    const { deps, known } = await open();
    await deploy(OPTIONS, deps);
    const [stacks, secrets, worker, again, ...others] = await fakes.calls();
    expect([stacks, secrets, worker, again].map(call => `${call?.program} ${call?.args[0]}`)).toEqual([
      'cdk deploy',
      'wrangler secret',
      'wrangler deploy',
      'cdk deploy',
    ]);
    expect(others).toEqual([]);
    expect(varsIn(worker?.args ?? [])).toEqual({
      AWS_REGION: 'eu-central-1',
      IMAGE_FUNCTION_URL: 'https://abc.lambda-url.eu-central-1.on.aws/',
      JOBS_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/headrace-',
      JOBS_PAYLOAD_URL: 'https://headrace-data-123456789012-eu-central-1.s3.eu-central-1.amazonaws.com/',
      FUNCTIONS_URL: 'https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/headrace-',
    });
    expect(stacks?.environment).toEqual({ HEADRACE_STAGE: 'production' });
    expect(again?.environment.EDGE_URL).toBe('https://headrace.example.workers.dev');
    expect(known()).toBe('https://headrace.example.workers.dev');
  });

  it('may be repeated: what is known needs no second drawing', async () => {
    const { deps } = await open();
    await deploy(OPTIONS, deps);
    const first = (await fakes.calls()).length;
    await deploy(OPTIONS, deps);
    const again = (await fakes.calls()).slice(first);
    expect(again.map(({ program, args }) => `${program} ${args[0]}`)).toEqual([
      'cdk deploy',
      'wrangler secret',
      'wrangler deploy',
    ]);
    expect(again[0]?.environment.EDGE_URL).toBe('https://headrace.example.workers.dev');
  });

  it('asks nobody where the edge is when its host is named', async () => {
    const { deps } = await open({}, { edgeUrl: 'https://www.example.com' });
    await deploy(OPTIONS, deps);
    expect((await fakes.calls()).filter(({ program }) => program === 'cdk')).toHaveLength(1);
  });

  it('of another stage is of its environment', async () => {
    const { deps } = await open();
    await deploy({ ...OPTIONS, stage: 'staging', yes: false }, deps);
    const [stacks, , worker] = await fakes.calls();
    expect(stacks?.environment.HEADRACE_STAGE).toBe('staging');
    expect(stacks?.args).toContain('broadening');
    expect(worker?.args.slice(0, 3)).toEqual(['deploy', '--env', 'staging']);
  });
});

describe('the edge', () => {
  const QUIET = '/api/admin/alerts/quiet';

  it('is told that somebody deployed, so that a cold cache alarms nobody', async () => {
    const { deps, asked, said } = await open();
    await deploy(OPTIONS, deps);
    const token = 'Bearer a token of at least 32 characters';
    expect(asked).toEqual([`POST https://headrace.example.workers.dev${QUIET} ${token}`]);
    expect(said.join('\n')).toMatch(/wait for a quarter of an hour/);
    expect(said.join('\n')).not.toContain('a token of');
  });

  it('is told by the newest of two tokens, at its own host and base', async () => {
    const environment = { ADMIN_TOKEN: 'new, old', HEADRACE_BASE: '/edge' };
    const { deps, asked } = await open({}, { environment, edgeUrl: 'https://www.example.com' });
    await deploy(OPTIONS, deps);
    expect(asked).toEqual([`POST https://www.example.com/edge${QUIET} Bearer new`]);
  });

  it('that does not answer yet fails no deployment, and without a token it is not asked', async () => {
    const failing = async () => {
      throw new TypeError('no such host');
    };
    const { deps, said } = await open({}, { fetch: failing });
    await deploy(OPTIONS, deps);
    expect(said.join('\n')).toMatch(/was not told of the deployment/);
    await deploy(OPTIONS, { ...deps, environment: {} });
    expect(said.filter(line => line.includes('was not told'))).toHaveLength(1);
  });
});

describe('programs for Graviton', () => {
  const graviton = {
    title: 'npm: sharp for Graviton',
    program: 'npm',
    args: ['install', '--no-save', '--force', '--os=linux', '--prefix', '/x', '@img/sharp-linux-arm64@1'],
    advice: 'Pictures are made on x86.',
  } as const;

  it('are fetched before anything is drawn, and it goes on without them', async () => {
    const { deps, said } = await open({ fails: 'npm install' }, { graviton });
    await deploy(OPTIONS, deps);
    expect((await fakes.calls()).map(({ program }) => program).slice(0, 2)).toEqual(['npm', 'cdk']);
    expect(said.join('\n')).toContain('npm failed (exit code 1). Pictures are made on x86.');
  });
});

describe('secrets', () => {
  it('go in a file that nobody else reads, and stand in no argument and no line', async () => {
    const { deps, said } = await open();
    await deploy(OPTIONS, deps);
    const calls = await fakes.calls();
    const worker = calls.find(({ args }) => args.includes('--secrets-file'));
    expect(worker?.secrets).toEqual({
      ADMIN_TOKEN: 'a token of at least 32 characters',
      AWS_ACCESS_KEY_ID: 'AKIAEDGE',
      AWS_SECRET_ACCESS_KEY: 'edge-secret-value',
    });
    expect(worker?.mode).toBe('600');
    const seen = JSON.stringify([said, calls.map(({ args }) => args)]);
    expect(seen).not.toContain('a token of at least');
    expect(seen).not.toContain('edge-secret-value');
    expect(said.join('\n')).toContain('secrets: ADMIN_TOKEN, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY');
  });

  it('of who deploys are not the edge’s: without its own, it is told of nothing that needs them, and the person how to give them', async () => {
    const { deps, said } = await open(
      {},
      { environment: { AWS_ACCESS_KEY_ID: 'AKIADEPLOYER', AWS_SECRET_ACCESS_KEY: 'his' } },
    );
    await deploy(OPTIONS, deps);
    const worker = (await fakes.calls()).find(({ args }) => args[0] === 'deploy' && args.includes('--var'));
    expect(varsIn(worker?.args ?? [])).toEqual({ AWS_REGION: 'eu-central-1' });
    expect(worker?.args).not.toContain('--secrets-file');
    expect(said.join('\n')).toMatch(
      /policy arn:aws:iam::123456789012:policy\/edge.*\n.*EDGE_AWS_ACCESS_KEY_ID/,
    );
  });

  it('that the Worker has need not be given again', async () => {
    const { deps } = await open(
      { secrets: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] },
      { environment: {} },
    );
    await deploy(OPTIONS, deps);
    const worker = (await fakes.calls()).find(({ args }) => args.includes('--var'));
    expect(Object.keys(varsIn(worker?.args ?? []))).toContain('JOBS_QUEUE_URL');
  });
});

describe('what fails', () => {
  it('first ends the run, with what to do next', async () => {
    const { deps } = await open({ fails: 'cdk deploy' });
    await expect(deploy(OPTIONS, deps)).rejects.toThrow(
      /AWS: the stacks: cdk failed \(exit code 1\).*bootstrap/,
    );
    expect((await fakes.calls()).map(({ program }) => program)).toEqual(['cdk']);
  });

  it('second leaves the stacks as they are', async () => {
    const { deps, known } = await open({ fails: 'wrangler deploy' });
    await expect(deploy(OPTIONS, deps)).rejects.toThrow(
      /Cloudflare: the Worker: wrangler failed.*npx wrangler login/,
    );
    expect((await fakes.calls()).at(-1)?.args[0]).toBe('deploy');
    expect(known()).toBeUndefined();
    await fakes.behave({ fails: '' });
    await deploy(OPTIONS, deps);
    expect(known()).toBe('https://headrace.example.workers.dev');
  });

  it('by not being there is said by its name', async () => {
    const { deps } = await open();
    const run = createRunStep({ PATH: '/nowhere' }, process.cwd());
    await expect(deploy(OPTIONS, { ...deps, run })).rejects.toThrow(/cdk failed \(spawn cdk ENOENT\)/);
  });
});

describe('a removal', () => {
  const answer = (text: string) => async () => text;

  const done = async () => (await fakes.calls()).map(({ program, args }) => `${program} ${args[0]}`);

  it('asks before, says what is kept, and takes the Worker first', async () => {
    const { deps, said } = await open({ secrets: [] });
    expect(await destroy({ ...OPTIONS, yes: false }, { ...deps, ask: answer('production') })).toBe('gone');
    expect(await done()).toEqual(['wrangler secret', 'wrangler delete', 'cdk destroy']);
    expect(said.join('\n')).toMatch(/Kept.*\n.*buckets data, images, variants and assets/);
  });

  it('may be repeated where the Worker is gone, and the stacks are not', async () => {
    const { deps, said } = await open({ secrets: null });
    expect(await destroy({ ...OPTIONS, stage: 'staging' }, { ...deps, ask: undefined })).toBe('gone');
    expect(await done()).toEqual(['wrangler secret', 'cdk destroy']);
    expect((await fakes.calls()).at(-1)?.environment.HEADRACE_STAGE).toBe('staging');
    expect(said).toContain('Cloudflare: there is no Worker any more.');
  });

  it('that cannot see the Worker leaves the stacks', async () => {
    const { deps } = await open({ fails: 'wrangler delete', secrets: [] });
    await expect(destroy(OPTIONS, { ...deps, ask: undefined })).rejects.toThrow(/The stacks still stand/);
    expect(await done()).toEqual(['wrangler secret', 'wrangler delete']);
  });

  it.each([
    ['no', answer('no')],
    ['nobody to ask', undefined],
  ])('does nothing after %s', async (_, ask) => {
    const { deps } = await open();
    expect(await destroy({ ...OPTIONS, yes: false }, { ...deps, ask })).toBe('left');
    expect(await fakes.calls()).toEqual([]);
  });
});
