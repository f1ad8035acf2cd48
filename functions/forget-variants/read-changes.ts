/**
 * Which sources have changed, of what S3 told EventBridge and EventBridge the queue.
 *
 * Shape   SQS event -> sources, each once, with the messages that tell of it; whether any was told before
 * Errors  none: a message that is none of these is no source, and is let go
 * Source  S3 User Guide, "EventBridge event message structure": the key is as it is, not encoded
 */
import type { SQSEvent, SQSRecord } from 'aws-lambda';

export interface Change {
  readonly source: string;
  readonly messageIds: readonly string[];
  /** An attempt before may have deleted the variants and not come to tell CloudFront. */
  readonly again: boolean;
}

export function readChanges({ Records }: SQSEvent): readonly Change[] {
  const bySource = Map.groupBy(Records, sourceIn);
  bySource.delete('');
  return [...bySource].map(([source, records]) => ({
    source,
    messageIds: records.map(({ messageId }) => messageId),
    again: records.some(({ attributes }) => Number(attributes.ApproximateReceiveCount) > 1),
  }));
}

function sourceIn({ body }: SQSRecord): string {
  const key = parse(body)?.detail?.object?.key;
  return typeof key === 'string' ? key : '';
}

interface Told {
  readonly detail?: { readonly object?: { readonly key?: unknown } };
}

function parse(text: string): Told | null {
  try {
    return JSON.parse(text) as Told | null;
  } catch {
    return null;
  }
}
