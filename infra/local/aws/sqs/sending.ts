/**
 * SendMessage and SendMessageBatch as SQS has them today: a message group on a standard queue is kept and given back
 * (that is what makes a queue fair), and an entry out of bounds fails alone.
 *
 * Errors  the emulator's for everything it checks itself, among them 1 MiB for a whole batch; InvalidParameterValue for a
 *         delay above 900 s and for a group that is no 1 to 128 visible ASCII characters
 * Source  SQS API Reference, SendMessageBatch; SQS Developer Guide, "Amazon SQS fair queues"
 */

import { SqsError } from '../../../../node_modules/fauxqs/dist/common/errors.js';
import { sendMessage as emulateSend } from '../../../../node_modules/fauxqs/dist/sqs/actions/sendMessage.js';
import { sendMessageBatch as emulateBatch } from '../../../../node_modules/fauxqs/dist/sqs/actions/sendMessageBatch.js';
import type { SqsStore } from '../../../../node_modules/fauxqs/dist/sqs/sqsStore.js';
import type { SqsMessage } from '../../../../node_modules/fauxqs/dist/sqs/sqsTypes.js';
import type { SqsInput } from './input.ts';

type Entry = Readonly<Record<string, unknown>>;

interface Failure {
  readonly Id: unknown;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

const MOST_DELAY_SECONDS = 900;
const GROUP = /^[!-~]{1,128}$/;

export function sendMessage(input: SqsInput, store: SqsStore): object {
  const wrong = wrongOf(input);
  if (wrong) throw new SqsError('InvalidParameterValue', wrong);
  const holding = holdSends(store);
  const sent = emulateSend({ ...input }, holding.store);
  holding.release(() => input);
  return sent as object;
}

export function sendMessageBatch(input: SqsInput, store: SqsStore): object {
  const entries = Array.isArray(input.Entries) ? (input.Entries as Entry[]) : [];
  const refused = entries.flatMap(failureOf);
  if (entries.length > 0 && refused.length === entries.length) return { Successful: [], Failed: refused };
  const good = entries.filter(entry => wrongOf(entry) === undefined);
  const holding = holdSends(store);
  const { Successful, Failed } = emulateBatch({ ...input, Entries: good }, holding.store) as BatchOutput;
  const byId = new Map(good.map(entry => [entry.Id, entry]));
  holding.release(at => byId.get(Successful[at]?.Id));
  return { Successful, Failed: [...Failed, ...refused] };
}

interface BatchOutput {
  readonly Successful: readonly { readonly Id: string }[];
  readonly Failed: readonly Failure[];
}

function failureOf(entry: Entry): readonly Failure[] {
  const Message = wrongOf(entry);
  return Message === undefined
    ? []
    : [{ Id: entry.Id, SenderFault: true, Code: 'InvalidParameterValue', Message }];
}

function wrongOf({ DelaySeconds: delay = 0, MessageGroupId: group }: Entry): string | undefined {
  const delays = typeof delay === 'number' && delay >= 0 && delay <= MOST_DELAY_SECONDS;
  if (!delays)
    return `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${MOST_DELAY_SECONDS}.`;
  if (group === undefined || GROUP.test(String(group))) return undefined;
  return `Value ${group} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length.`;
}

/**
 * The emulator forgets the group of a message on a standard queue: what it would enqueue is held until the group is put
 * back. A FIFO queue, whose groups it knows, is left alone.
 */
function holdSends(store: SqsStore) {
  const held: { readonly message: SqsMessage; enqueue(message: SqsMessage): void }[] = [];
  const getQueue: SqsStore['getQueue'] = url => {
    const queue = store.getQueue(url);
    if (!queue || queue.isFifo()) return queue;
    const enqueue = (message: SqsMessage) =>
      void held.push({ message, enqueue: given => queue.enqueue(given) });
    return Object.create(queue, { enqueue: { value: enqueue } });
  };
  return {
    store: Object.create(store, { getQueue: { value: getQueue } }) as SqsStore,
    release(entryAt: (at: number) => Entry | undefined): void {
      for (const [at, { message, enqueue }] of held.entries()) {
        const group = entryAt(at)?.MessageGroupId;
        enqueue(group === undefined ? message : { ...message, messageGroupId: String(group) });
      }
    },
  };
}
