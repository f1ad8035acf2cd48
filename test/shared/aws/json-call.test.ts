import { describe, expect, it } from 'vitest';
import { AwsRefused, AwsUnavailable } from '../../../shared/aws/aws-errors.ts';
import { createJsonCall, type JsonCallOptions } from '../../../shared/aws/json-call.ts';
import type { SignedFetch, SignedRequest } from '../../../shared/aws/signed-fetch.ts';

type Scripted = Response | Error | 'hang';
type Options = Partial<JsonCallOptions> & { readonly random?: () => number };

function callOn(script: Scripted[], { random = () => 0, ...options }: Options = {}) {
  const asked: SignedRequest[] = [];
  const fetch: SignedFetch = async (_url, request = {}) => {
    asked.push(request);
    const next = script.shift() ?? new Response('{}');
    if (next instanceof Error) throw next;
    if (next !== 'hang') return next;
    return new Promise((_resolve, reject) => {
      request.signal?.addEventListener('abort', () => reject(request.signal?.reason));
    });
  };
  const call = createJsonCall(
    { fetch, random },
    { endpoint: 'https://sqs.example/', target: 'AmazonSQS', ...options },
  );
  return { call, asked };
}

const says = (status: number, body: object, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const refusal = (status: number, code: string) =>
  says(status, { __type: `com.amazonaws.sqs#${code}`, message: 'because' });

describe('a call', () => {
  it('names its action, sends its input as JSON and gives the output', async () => {
    const { call, asked } = callOn([says(200, { MessageId: 'm' })]);
    expect(await call('SendMessage', { MessageBody: 'b' })).toEqual({ MessageId: 'm' });
    expect(asked).toMatchObject([
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
        body: '{"MessageBody":"b"}',
      },
    ]);
  });

  it('rejects with the code of AWS when it is refused, and asks only once', async () => {
    const { call, asked } = callOn([refusal(400, 'QueueDoesNotExist')]);
    const failed = await call('SendMessage', {}).catch(error => error);
    expect(failed).toBeInstanceOf(AwsRefused);
    expect(failed).toMatchObject({ code: 'QueueDoesNotExist', status: 400, message: 'because' });
    expect(asked).toHaveLength(1);
  });

  it('takes the code from the header where the body has none', async () => {
    const { call } = callOn([
      new Response('no JSON', { status: 403, headers: { 'x-amzn-errortype': 'Denied' } }),
    ]);
    await expect(call('SendMessage', {})).rejects.toMatchObject({ code: 'Denied', status: 403 });
  });

  it.each([
    ['cannot be reached', () => new TypeError('refused')],
    ['fails itself', () => says(503, {})],
    ['throttles by 429', () => says(429, {})],
    ['throttles by 403', () => refusal(403, 'RequestThrottled')],
    ['throttles by 400', () => refusal(400, 'ThrottlingException')],
    ['breaks off its answer', () => new Response('{"Mess')],
  ])('is tried again when AWS %s', async (_name, trouble) => {
    const { call, asked } = callOn([trouble(), trouble(), says(200, { ok: true })]);
    expect(await call('SendMessage', {})).toEqual({ ok: true });
    expect(asked).toHaveLength(3);
  });

  it('gives up after its attempts', async () => {
    const { call, asked } = callOn([says(500, {}), says(500, {}), says(500, {})], { attempts: 2 });
    await expect(call('SendMessage', {})).rejects.toBeInstanceOf(AwsUnavailable);
    expect(asked).toHaveLength(2);
  });

  it('ends at its deadline, whatever AWS does', async () => {
    const { call } = callOn(['hang'], { deadlineMs: 20 });
    await expect(call('SendMessage', {})).rejects.toBeInstanceOf(AwsUnavailable);
  });

  it('ends when its caller ends it', async () => {
    const { call, asked } = callOn(['hang']);
    const controller = new AbortController();
    const failed = call('SendMessage', {}, controller.signal);
    controller.abort();
    await expect(failed).rejects.toBeInstanceOf(AwsUnavailable);
    expect(asked).toHaveLength(1);
  });

  it('does not wait for its next try beyond the deadline', async () => {
    const { call } = callOn([says(500, {})], { deadlineMs: 20, backoffMs: 60_000, random: () => 1 });
    await expect(call('SendMessage', {})).rejects.toBeInstanceOf(AwsUnavailable);
  });
});
