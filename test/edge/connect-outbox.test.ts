import { describe, expect, it } from 'vitest';
import { connectOutbox } from '../../edge/connect-outbox.ts';
import { parseSettings } from '../../shared/config/settings.ts';

const COMPLETE = {
  OUTBOX_FUNCTION_URL:
    'https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/headrace-drain-outbox-now/invocations',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
};

function connect(environment: Record<string, string>) {
  const parsed = parseSettings(environment);
  if (!parsed.ok) throw new Error(parsed.sentence);
  const asked: Headers[] = [];
  const fetch = async (_: string, init: RequestInit) => {
    asked.push(new Headers(init.headers));
    return new Response('{}');
  };
  return { opened: connectOutbox(parsed.settings, { clock: () => 1_800_000_000_000, fetch }), asked };
}

describe('the way to the function', () => {
  it('is signed for Lambda, in its region', async () => {
    const { opened, asked } = connect(COMPLETE);
    await opened?.fetch(opened.url, { method: 'POST', body: '{}' });
    expect(asked[0]?.get('authorization')).toContain('/20270115/eu-central-1/lambda/aws4_request');
  });

  it('is not there without its address', () => {
    const { OUTBOX_FUNCTION_URL: _, ...rest } = COMPLETE;
    expect(connect(rest).opened).toBeUndefined();
  });
});
