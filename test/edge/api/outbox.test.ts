import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { type OutboxDeps, outboxHandlers } from '../../../edge/api/outbox.ts';

type Opened = NonNullable<ReturnType<OutboxDeps['open']>>;

function serve(answer: (body: string) => Response | Promise<Response>) {
  const fetch: Opened['fetch'] = async (_, request) => answer(String(request?.body));
  return serveWith(() => ({ url: 'https://lambda.example/invocations', fetch }));
}

function serveWith(open: OutboxDeps['open']) {
  const { look, drain } = outboxHandlers({ open });
  const app = new Hono().get('/', look).post('/', drain);
  return async (method: string) => {
    const response = await app.request('/', { method });
    return { status: response.status, body: (await response.json()) as { code: string; detail: string } };
  };
}

const failed = (message: string) =>
  Response.json(
    { errorType: 'OutboxUnavailable', errorMessage: message },
    { headers: { 'x-amz-function-error': 'Unhandled' } },
  );

describe('the routes of the outbox', () => {
  it('hand a drain on, and give what came of it', async () => {
    const drained = { state: 'current', changes: 2, tags: 3, purges: 1, refused: 0, lagMs: 12 };
    const ask = serve(body => Response.json(body === '{"now":true}' ? drained : {}));
    expect(await ask('POST')).toEqual({ status: 200, body: drained });
  });

  it.each([
    [
      { changes: 0, lagMs: 0 },
      { state: 'current', changes: 0, lagMs: 0 },
    ],
    [
      { changes: 4, lagMs: 900 },
      { state: 'waiting', changes: 4, lagMs: 900 },
    ],
    ['absent', { state: 'absent', changes: 0, lagMs: 0 }],
  ])('word %j', async (outbox, body) => {
    const ask = serve(given => Response.json(given === '{"look":true}' ? { outbox } : {}));
    expect(await ask('GET')).toEqual({ status: 200, body });
  });

  it('say what the function said when it failed, and that nothing is lost', async () => {
    const { status, body } = await serve(() => failed(`Postgres: ${'x'.repeat(1_000)}`))('POST');
    expect([status, body.code]).toEqual([502, 'OUTBOX_FAILED']);
    expect(body.detail).toMatch(/^Postgres: x{290} What it holds is kept\.$/);
  });

  it('say what AWS said when it refused', async () => {
    const refused = () => Response.json({ Message: 'not authorized' }, { status: 403 });
    expect((await serve(refused)('POST')).body).toMatchObject({
      code: 'OUTBOX_FAILED',
      detail: expect.stringContaining('not authorized'),
    });
  });

  it.each([
    ['is not reached', () => Promise.reject(new TypeError('network'))],
    ['is busy', () => new Response('{}', { status: 503 })],
    ['answers no JSON', () => new Response('<html>')],
  ])('are 503 where the function %s', async (_, answer) => {
    const { status, body } = await serve(answer)('POST');
    expect([status, body.code]).toEqual([503, 'OUTBOX_UNREACHABLE']);
  });

  it('name the setting where there is no function', async () => {
    const { status, body } = await serveWith(() => undefined)('GET');
    expect([status, body.code]).toEqual([503, 'OUTBOX_ABSENT']);
    expect(body.detail).toContain('OUTBOX_FUNCTION_URL');
  });
});
