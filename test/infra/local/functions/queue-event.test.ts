import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { formatQueueEvent, selectDone } from '../../../../infra/local/functions/queue-event.ts';

const source = { arn: 'arn:aws:sqs:us-east-1:000000000000:work', region: 'us-east-1' };

describe('formatQueueEvent', () => {
  it('has the shape that Lambda gives to messages', () => {
    const message = {
      MessageId: 'id',
      ReceiptHandle: 'handle',
      Body: 'body',
      MD5OfBody: '841a2d689ad86bd1611447453c22c6fc',
      Attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1700000000000' },
      MessageAttributes: {
        tenant: { DataType: 'String', StringValue: 'a' },
        raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
      },
    };
    expect(formatQueueEvent([message], source)).toEqual({
      Records: [
        {
          messageId: 'id',
          receiptHandle: 'handle',
          body: 'body',
          attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1700000000000' },
          messageAttributes: {
            tenant: { stringValue: 'a', stringListValues: [], binaryListValues: [], dataType: 'String' },
            raw: { binaryValue: 'AQI=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
          },
          md5OfBody: '841a2d689ad86bd1611447453c22c6fc',
          eventSource: 'aws:sqs',
          eventSourceARN: source.arn,
          awsRegion: 'us-east-1',
        },
      ],
    });
  });
});

describe('selectDone', () => {
  const event = { Records: [{ messageId: 'a' }, { messageId: 'b' }, { messageId: 'c' }] } as SQSEvent;
  const done = (answer: unknown, ok = true) =>
    selectDone({ ok, payload: JSON.stringify(answer) }, event).map(({ messageId }) => messageId);
  const failures = (...ids: unknown[]) => ({
    batchItemFailures: ids.map(itemIdentifier => ({ itemIdentifier })),
  });

  it.each([
    ['an empty report', failures()],
    ['a report without list', {}],
    ['nothing', null],
    ['a list that is null', { batchItemFailures: null }],
  ])('is every message after %s', (_, answer) => expect(done(answer)).toEqual(['a', 'b', 'c']));

  it('is what the report does not name', () => {
    expect(done(failures('b'))).toEqual(['a', 'c']);
    expect(done(failures('c', 'a'))).toEqual(['b']);
  });

  it.each([
    ['an id that was not sent', failures('x')],
    ['an empty id', failures('')],
    ['an id that is null', failures(null)],
    ['an item that is no object', { batchItemFailures: ['a'] }],
    ['a list that is none', { batchItemFailures: 'a' }],
    ['another value', 'done'],
  ])('is nothing after %s', (_, answer) => expect(done(answer)).toEqual([]));

  it('is nothing when the function failed', () => {
    expect(done({ errorType: 'Error', errorMessage: 'x' }, false)).toEqual([]);
  });
});
