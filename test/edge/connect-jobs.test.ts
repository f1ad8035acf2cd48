import { describe, expect, it } from 'vitest';
import { connectJobs } from '../../edge/connect-jobs.ts';
import { parseSettings } from '../../shared/config/settings.ts';

const COMPLETE = {
  JOBS_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/headrace-',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
  UPSTASH_REDIS_REST_URL: 'https://redis.example.com',
  UPSTASH_REDIS_REST_TOKEN: 'token',
};

function connect(environment: Record<string, string>, answers: Record<string, () => Response> = {}) {
  const parsed = parseSettings(environment);
  if (!parsed.ok) throw new Error(parsed.sentence);
  const asked: string[] = [];
  const opened = connectJobs(parsed.settings, {
    clock: () => 1_800_000_000_000,
    random: () => 0,
    createId: () => '0123456789abcdef01234567',
    log: () => {},
    fetch: async (url, init) => {
      asked.push(`${url} ${new Headers(init.headers).get('x-amz-target') ?? ''}`.trim());
      return answers[new URL(url).host]?.() ?? new Response('', { status: 500 });
    },
  });
  return { opened, asked };
}

describe('the jobs of an edge', () => {
  it('are there when all settings are', () => {
    expect(connect(COMPLETE).opened).toMatchObject({ ok: true });
  });

  it.each([
    ['JOBS_QUEUE_URL', ['JOBS_QUEUE_URL']],
    ['AWS_ACCESS_KEY_ID', ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']],
    ['JOBS_REDIS_REST_URL', ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN']],
  ])('are not without %s, which is named', (setting, without) => {
    const given = Object.fromEntries(Object.entries(COMPLETE).filter(([name]) => !without.includes(name)));
    const { opened } = connect(given);
    expect(opened).toEqual({ ok: false, sentence: expect.stringContaining(`Set ${setting}`) });
  });

  it('are not where the edge is switched off', () => {
    const { opened } = connect({ ...COMPLETE, HEADRACE_MODE: 'off' });
    expect(opened).toEqual({ ok: false, sentence: expect.stringContaining('HEADRACE_MODE=off') });
  });

  it('are kept in a Redis of their own where there is one, and sent to their region', async () => {
    const own = { JOBS_REDIS_REST_URL: 'https://jobs.example.com', JOBS_REDIS_REST_TOKEN: 'token' };
    const { opened, asked } = connect({ ...COMPLETE, ...own });
    if (!opened.ok) throw new Error(opened.sentence);
    await opened.jobs.get('reports-0123456789abcdef01234567').catch(() => {});
    await opened.jobs.redrive('warming', { perSecond: 1 }).catch(() => {});
    expect(asked[0]).toMatch(/^https:\/\/jobs\.example\.com/);
    expect(asked.at(-1)).toBe('https://sqs.eu-central-1.amazonaws.com/ AmazonSQS.GetQueueAttributes');
  });
});
