import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { expect, it } from 'vitest';
import { readChanges } from '../../../functions/forget-variants/read-changes.ts';

const record = (messageId: string, body: string, receives = '1') =>
  ({ messageId, body, attributes: { ApproximateReceiveCount: receives } }) as SQSRecord;
const event = (...Records: SQSRecord[]): SQSEvent => ({ Records });

/** As EventBridge has it: S3 User Guide, "EventBridge event message structure". */
const told = (key: string, kind = 'Object Created') =>
  JSON.stringify({
    version: '0',
    id: '17793124-05d4-b198-2fde-7ededc63b103',
    'detail-type': kind,
    source: 'aws.s3',
    account: '111122223333',
    time: '2026-11-12T00:00:00Z',
    region: 'eu-central-1',
    resources: ['arn:aws:s3:::images'],
    detail: {
      version: '0',
      bucket: { name: 'images' },
      object: { key, size: 5, etag: 'b1946ac92492d2347c6235b4d2611184', sequencer: '00617F08299329D189' },
      'request-id': 'N4N7GDK58NMKJ12R',
      requester: '123456789012',
      reason: 'PutObject',
    },
  });

it('names each source once, with all the messages that tell of it', () => {
  const changes = readChanges(
    event(
      record('1', told('a b.jpg')),
      record('2', told('c.jpg', 'Object Deleted')),
      record('3', told('a b.jpg'), '2'),
    ),
  );
  expect(changes).toEqual([
    { source: 'a b.jpg', messageIds: ['1', '3'], again: true },
    { source: 'c.jpg', messageIds: ['2'], again: false },
  ]);
});

it.each(['no JSON', 'null', '{}', '{"detail":{"object":{}}}', '{"detail":{"object":{"key":7}}}'])(
  'lets go what tells of no source: %s',
  body => expect(readChanges(event(record('1', body)))).toEqual([]),
);
