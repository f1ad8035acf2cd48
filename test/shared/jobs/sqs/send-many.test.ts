import { describe, expect, it } from 'vitest';
import { AwsUnavailable } from '../../../../shared/aws/aws-errors.ts';
import type { JsonCall } from '../../../../shared/aws/json-call.ts';
import { sendMany } from '../../../../shared/jobs/sqs/send-many.ts';

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
}

const OPTIONS = { queueUrl: 'https://sqs.example/1/reports', concurrency: 4 };
const messagesOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ body: `m${at}`, tenant: 't' }));

/** SQS by script: which entries of a request fail, and how. */
function queueThat(
  fails: (entry: Entry, request: number) => { Code: string; SenderFault: boolean } | undefined,
) {
  const requests: string[][] = [];
  let [open, most] = [0, 0];
  const call: JsonCall = async (_action, input) => {
    const { Entries } = input as { Entries: Entry[] };
    const request = requests.push(Entries.map(({ MessageBody }) => MessageBody));
    most = Math.max(most, ++open);
    await new Promise(resolve => setImmediate(resolve));
    open--;
    const Failed = Entries.flatMap(entry => {
      const failure = fails(entry, request);
      return failure ? [{ Id: entry.Id, ...failure }] : [];
    });
    return { Failed };
  };
  return { call, requests, mostOpen: () => most };
}

const busy = { Code: 'InternalError', SenderFault: false };
const wrong = { Code: 'InvalidMessageContents', SenderFault: true };

describe('sending many', () => {
  it('has only so many requests under way at once', async () => {
    const { call, requests, mostOpen } = queueThat(() => undefined);
    expect(await sendMany(call, messagesOf(95), OPTIONS)).toEqual(messagesOf(95).map(() => ({ ok: true })));
    expect(requests).toHaveLength(10);
    expect(mostOpen()).toBe(4);
  });

  it('sends those once more that failed through no fault of theirs, and no others', async () => {
    const { call, requests } = queueThat(({ MessageBody }, request) => {
      if (MessageBody === 'm1') return wrong;
      return MessageBody === 'm2' && request === 1 ? busy : undefined;
    });
    expect(await sendMany(call, messagesOf(3), OPTIONS)).toEqual([
      { ok: true },
      { ok: false, reason: 'InvalidMessageContents' },
      { ok: true },
    ]);
    expect(requests).toEqual([['m0', 'm1', 'm2'], ['m2']]);
  });

  it('gives up on one that fails again', async () => {
    const { call, requests } = queueThat(() => busy);
    expect(await sendMany(call, messagesOf(1), OPTIONS)).toEqual([{ ok: false, reason: 'InternalError' }]);
    expect(requests).toHaveLength(2);
  });

  it('goes on with the others when a whole request fails', async () => {
    const { call } = queueThat(() => undefined);
    const sometimes: JsonCall = (action, input) => {
      const { Entries } = input as { Entries: Entry[] };
      if (Entries[0]?.MessageBody === 'm10') throw new AwsUnavailable('no answer');
      return call(action, input);
    };
    const results = await sendMany(sometimes, messagesOf(30), OPTIONS);
    expect(results.map(({ ok }) => ok)).toEqual(messagesOf(30).map((_, at) => at < 10 || at >= 20));
    expect(results[15]).toEqual({ ok: false, reason: 'no answer' });
  });
});
