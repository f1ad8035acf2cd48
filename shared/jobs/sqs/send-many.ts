/**
 * Sends any number of messages to one queue: packed, several requests under way at once, and what became of each message
 * told message by message.
 *
 * Errors  none: a request that failed is the result of each of its messages. An entry that SQS could not take for reasons of
 *         its own is sent once more; one that is wrong is not
 * Cost    one request for each ten messages, `concurrency` of them at once
 * Source  SQS API Reference, SendMessageBatch (BatchResultErrorEntry.SenderFault)
 */

import type { JsonCall } from '../../aws/json-call.ts';
import { mapBounded } from '../../primitives/bounded.ts';
import type { OutgoingMessage, SendResult } from '../job-queue.ts';
import { entryOf } from './message-entry.ts';
import { MOST_BYTES, packBatches } from './pack.ts';

export interface SendManyOptions {
  readonly queueUrl: string;
  readonly concurrency: number;
}

type Refused = ReadonlyMap<number, { readonly reason: string; readonly senderFault: boolean }>;

const SENT: SendResult = { ok: true };

export async function sendMany(
  call: JsonCall,
  messages: readonly OutgoingMessage[],
  { queueUrl, concurrency }: SendManyOptions,
): Promise<readonly SendResult[]> {
  const tooLarge = { ok: false as const, reason: `The message is larger than ${MOST_BYTES} bytes` };
  const results = Array.from(messages, (): SendResult => tooLarge);

  async function sendBatch(batch: readonly number[]): Promise<void> {
    const refused = await attempt(batch);
    const again = batch.filter(at => refused.get(at)?.senderFault === false);
    const still = again.length > 0 ? await attempt(again) : refused;
    for (const at of batch) results[at] = resultOf((again.includes(at) ? still : refused).get(at));
  }

  async function attempt(batch: readonly number[]): Promise<Refused> {
    const Entries = batch.map(at => ({ Id: String(at), ...entryOf(messages[at] as OutgoingMessage) }));
    try {
      return refusedIn(await call('SendMessageBatch', { QueueUrl: queueUrl, Entries }));
    } catch (error) {
      // The call itself has tried again what was worth it.
      const reason = error instanceof Error ? error.message : String(error);
      return new Map(batch.map(at => [at, { reason, senderFault: true }]));
    }
  }

  await mapBounded(packBatches(messages.map(({ body }) => body)), concurrency, sendBatch);
  return results;
}

function refusedIn({ Failed }: Readonly<Record<string, unknown>>): Refused {
  const failed = (Failed ?? []) as { Id: string; Code: string; Message?: string; SenderFault: boolean }[];
  return new Map(
    failed.map(({ Id, Code, Message, SenderFault }) => [
      Number(Id),
      { reason: Message ? `${Code}: ${Message}` : Code, senderFault: SenderFault },
    ]),
  );
}

function resultOf(refused: { readonly reason: string } | undefined): SendResult {
  return refused ? { ok: false, reason: refused.reason } : SENT;
}
