import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../../functions/adapters/jobs/received.ts';

const event = (queue: string) =>
  ({
    Records: [
      {
        messageId: 'm',
        receiptHandle: 'r',
        body: 'b',
        attributes: { ApproximateReceiveCount: '3' },
        eventSourceARN: `arn:aws:sqs:eu-west-1:1:${queue}`,
      },
    ],
  }) as unknown as SQSEvent;

describe('an event', () => {
  it.each([
    ['https://sqs.eu-west-1.amazonaws.com/1/headrace-', 'headrace-reports-high', 'reports', 'high'],
    [
      'https://sqs.eu-west-1.amazonaws.com/1/headrace-',
      'headrace-search-indexing',
      'search-indexing',
      'normal',
    ],
    ['http://127.0.0.1:4566/000000000000/', 'warming', 'warming', 'normal'],
  ])('below %s from %s is of that queue', (queueUrl, queue, type, lane) => {
    expect(readEvent(event(queue), queueUrl)).toEqual({
      address: { type, lane },
      messages: [{ messageId: 'm', receipt: 'r', body: 'b', receives: 3 }],
    });
  });

  it('from another queue is a fault of the wiring', () => {
    expect(() => readEvent(event('other'), 'http://127.0.0.1/0/')).toThrow('other is no queue of the jobs');
  });
});
