import { describe, expect, it } from 'vitest';
import { connectFunctions } from '../../edge/connect-functions.ts';
import { parseSettings } from '../../shared/config/settings.ts';

const COMPLETE = {
  FUNCTIONS_URL: 'https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/headrace-',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
};

function connect(
  answer: () => Response | Promise<Response> = () => Response.json({}),
  environment: Record<string, string> = COMPLETE,
) {
  const parsed = parseSettings(environment);
  if (!parsed.ok) throw new Error(parsed.sentence);
  const asked: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    return answer();
  };
  const invoke = connectFunctions(parsed.settings, { clock: () => 1_800_000_000_000, fetch });
  return { invoke: () => invoke('work', { now: true }, 1_000), asked };
}

describe('a function', () => {
  it('is invoked by its name, with a request that is signed for Lambda in its region', async () => {
    const { invoke, asked } = connect(() => Response.json({ done: 1 }));
    expect(await invoke()).toEqual({ kind: 'answered', answer: { done: 1 } });
    expect(asked[0]?.url).toBe(`${COMPLETE.FUNCTIONS_URL}work/invocations`);
    expect(asked[0]?.init.body).toBe('{"now":true}');
    const authorization = new Headers(asked[0]?.init.headers).get('authorization');
    expect(authorization).toContain('/20270115/eu-central-1/lambda/aws4_request');
  });

  it('that failed is told with its own words, no more than a screen of them', async () => {
    const headers = { 'x-amz-function-error': 'Unhandled' };
    const failed = () => Response.json({ errorMessage: 'x'.repeat(1_000) }, { headers });
    expect(await connect(failed).invoke()).toEqual({ kind: 'failed', words: 'x'.repeat(300) });
  });

  it('that AWS refuses to run is told with AWS’s words', async () => {
    const refused = () => Response.json({ Message: 'not authorized' }, { status: 403 });
    expect(await connect(refused).invoke()).toEqual({ kind: 'failed', words: 'not authorized' });
  });

  it.each([
    ['is not reached', () => Promise.reject(new TypeError('network'))],
    ['is too busy', () => Response.json({}, { status: 503 })],
    ['answers no JSON', () => new Response('<html>')],
  ])('that %s is unreachable', async (_, answer) =>
    expect(await connect(answer).invoke()).toEqual({ kind: 'unreachable' }),
  );

  it('is absent where a setting is missing, which is named', async () => {
    const { FUNCTIONS_URL: _, ...rest } = COMPLETE;
    const { invoke, asked } = connect(undefined, rest);
    expect(await invoke()).toEqual({ kind: 'absent', sentence: expect.stringContaining('FUNCTIONS_URL') });
    expect(asked).toEqual([]);
  });
});
