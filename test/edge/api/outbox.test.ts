import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { outboxHandlers } from '../../../edge/api/outbox.ts';
import type { Invoked } from '../../../edge/connect-functions.ts';

function serve(answers: Readonly<Record<string, Invoked>>) {
  const { look, drain } = outboxHandlers({
    functions: () => async (name, event) =>
      answers[`${name} ${JSON.stringify(event)}`] ?? { kind: 'unreachable' },
  });
  const app = new Hono().get('/', look).post('/', drain);
  return async (method: string) => {
    const response = await app.request('/', { method });
    return { status: response.status, body: (await response.json()) as { code: string; detail: string } };
  };
}

const LOOK = 'drain-outbox-now {"look":true}';
const NOW = 'drain-outbox-now {"now":true}';

describe('the routes of the outbox', () => {
  it('hand a drain on, and give what came of it', async () => {
    const drained = { state: 'current', changes: 2, tags: 3, purges: 1, refused: 0, lagMs: 12 };
    const ask = serve({ [NOW]: { kind: 'answered', answer: drained } });
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
    const ask = serve({ [LOOK]: { kind: 'answered', answer: { outbox } } });
    expect(await ask('GET')).toEqual({ status: 200, body });
  });

  it('say what the function said when it failed, and that nothing is lost', async () => {
    const { status, body } = await serve({ [NOW]: { kind: 'failed', words: 'Postgres: down.' } })('POST');
    expect([status, body.code]).toEqual([502, 'OUTBOX_FAILED']);
    expect(body.detail).toBe('Postgres: down. What it holds is kept.');
  });

  it('are 503 where the function is not reached', async () => {
    const { status, body } = await serve({})('POST');
    expect([status, body.code]).toEqual([503, 'OUTBOX_UNREACHABLE']);
  });

  it('name the setting where there is no function', async () => {
    const { status, body } = await serve({ [LOOK]: { kind: 'absent', sentence: 'Set X.' } })('GET');
    expect([status, body.code, body.detail]).toEqual([503, 'OUTBOX_ABSENT', 'Set X.']);
  });
});
