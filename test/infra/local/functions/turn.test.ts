import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { succeeded } from '../../../../infra/local/functions/invocation.ts';
import { createTurn } from '../../../../infra/local/functions/turn.ts';

const NOW = 1_700_000_000_000;
const invocation = { requestId: 'r1', payload: '{}' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function createScene() {
  const kill = vi.fn();
  const options = { functionArn: 'arn', timeoutSeconds: 3, initSeconds: 10, clock: () => NOW, kill };
  return { kill, turn: createTurn(options) };
}

function error(result: { readonly payload: string }) {
  return JSON.parse(result.payload);
}

describe('an invocation and its runtime', () => {
  it.each(['invocation', 'runtime'])('meet when the %s comes first', async first => {
    const { turn } = createScene();
    const early = first === 'runtime' ? turn.listener.next() : undefined;
    const ended = turn.run(invocation);
    expect(await (early ?? turn.listener.next())).toEqual({
      ...invocation,
      functionArn: 'arn',
      deadlineAt: NOW + 3_000,
    });
    turn.listener.finished('r1', succeeded('1'));
    expect(await ended).toEqual({ ok: true, payload: '1' });
  });

  it('meet once: the event is not handed out again', async () => {
    const { turn } = createScene();
    const ended = turn.run(invocation);
    await turn.listener.next();
    turn.listener.finished('r1', succeeded('1'));
    await ended;
    const again = vi.fn();
    void turn.listener.next().then(again);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(again).not.toHaveBeenCalled();
  });

  it('ignore a result of another request', async () => {
    const { turn } = createScene();
    const ended = turn.run(invocation);
    await turn.listener.next();
    turn.listener.finished('r0', succeeded('late'));
    turn.listener.finished('r1', succeeded('mine'));
    expect(await ended).toEqual({ ok: true, payload: 'mine' });
  });
});

describe('time', () => {
  it('counts from when the runtime takes the event', async () => {
    const { turn, kill } = createScene();
    const ended = turn.run(invocation);
    await vi.advanceTimersByTimeAsync(9_000);
    await turn.listener.next();
    await vi.advanceTimersByTimeAsync(2_999);
    expect(kill).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(kill).toHaveBeenCalledOnce();
    expect(error(await ended)).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: 'RequestId: r1 Error: Task timed out after 3.00 seconds',
    });
  });

  it('is up for a module that does not load', async () => {
    const { turn, kill } = createScene();
    const ended = turn.run(invocation);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(kill).toHaveBeenCalledOnce();
    expect(error(await ended).errorMessage).toContain('after 10.00 seconds');
  });

  it('does not count once the invocation has ended', async () => {
    const { turn, kill } = createScene();
    const ended = turn.run(invocation);
    await turn.listener.next();
    turn.listener.finished('r1', succeeded('1'));
    await ended;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(kill).not.toHaveBeenCalled();
  });
});

describe('a process that ends', () => {
  it.each([
    [1, null, 'exit status 1'],
    [null, 'SIGABRT', 'signal: SIGABRT'],
  ] as const)('fails its invocation: code %s, signal %s', async (code, signal, how) => {
    const { turn } = createScene();
    const ended = turn.run(invocation);
    turn.processEnded(code, signal);
    expect(error(await ended)).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: r1 Error: Runtime exited with error: ${how}`,
    });
  });

  it('after its module failed says what failed', async () => {
    const { turn } = createScene();
    const ended = turn.run(invocation);
    turn.listener.initFailed({ ok: false, payload: '{"errorType":"SyntaxError"}' });
    turn.processEnded(1, null);
    expect(error(await ended)).toEqual({ errorType: 'SyntaxError' });
  });

  it('between invocations harms nobody', () => {
    const { turn } = createScene();
    expect(() => turn.processEnded(0, null)).not.toThrow();
  });
});
