import { describe, expect, it } from 'vitest';
import { entryOf } from '../../../../shared/jobs/sqs/message-entry.ts';

describe('a message for SQS', () => {
  it('is in the group of its tenant, and late by whole seconds, never too early', () => {
    expect(entryOf({ body: '{}', tenant: 'tenant-a', delayMs: 1_001 })).toEqual({
      MessageBody: '{}',
      MessageGroupId: 'tenant-a',
      DelaySeconds: 2,
    });
  });

  it('has the delay of its queue where none is asked for', () => {
    expect(entryOf({ body: '{}', tenant: 't' })).toEqual({ MessageBody: '{}', MessageGroupId: 't' });
  });
});
