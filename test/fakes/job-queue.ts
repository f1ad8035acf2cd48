/**
 * The queues of the jobs in memory, by any clock: what is hidden, late or being moved back shows when the clock says so.
 */

import { queueNameOf } from '../../shared/jobs/catalogue.ts';
import type { JobQueue, OutgoingMessage, QueueAddress, SendResult } from '../../shared/jobs/job-queue.ts';
import type { Clock } from '../../shared/primitives/clock.ts';

export interface Delivery {
  readonly body: string;
  readonly tenant: string;
  readonly receipt: string;
  /** 1 for the first. */
  readonly receives: number;
}

export interface ReceiveOptions {
  /** @default 10 */
  readonly most?: number;
  /** How long what is given out stays hidden. @default 30000 */
  readonly hideMs?: number;
}

export interface MemoryJobQueue extends JobQueue {
  receive(address: QueueAddress, options?: ReceiveOptions): readonly Delivery[];
  receiveDead(address: QueueAddress, options?: ReceiveOptions): readonly Delivery[];
  /** Done: it does not come again. */
  remove(address: QueueAddress, receipt: string): void;
}

interface Kept {
  readonly body: string;
  readonly tenant: string;
  /** Not given out before. */
  visibleAt: number;
  receives: number;
  receipt?: string;
}

interface Move {
  readonly startedAt: number;
  readonly perSecond: number;
  moved: number;
}

interface Shelf {
  readonly messages: Set<Kept>;
  readonly dead: Set<Kept>;
  move?: Move | undefined;
}

export function createMemoryJobQueue(clock: Clock): MemoryJobQueue {
  const shelves = new Map<string, Shelf>();
  let receipts = 0;

  function shelfOf({ type, lane }: QueueAddress): Shelf {
    const name = queueNameOf(type, lane);
    const shelf = shelves.get(name) ?? { messages: new Set(), dead: new Set() };
    shelves.set(name, shelf);
    moveBack(shelf);
    return shelf;
  }

  /** What the rate allows by now; it ends when there was more time than messages. */
  function moveBack(shelf: Shelf): void {
    const { move } = shelf;
    if (!move) return;
    const due = Math.floor(((clock() - move.startedAt) * move.perSecond) / 1000) - move.moved;
    const moving = visibleIn(shelf.dead).slice(0, due);
    for (const kept of moving) {
      shelf.dead.delete(kept);
      shelf.messages.add(keptOf(kept));
    }
    move.moved += moving.length;
    if (due > moving.length) shelf.move = undefined;
  }

  function keptOf({ body, tenant, delayMs = 0 }: OutgoingMessage): Kept {
    return { body, tenant, visibleAt: laterBy(delayMs), receives: 0 };
  }

  const laterBy = (ms: number) => clock() + Math.ceil(ms / 1000) * 1000;
  const visibleIn = (kept: ReadonlySet<Kept>) => [...kept].filter(({ visibleAt }) => visibleAt <= clock());

  function give(from: ReadonlySet<Kept>, { most = 10, hideMs = 30_000 }: ReceiveOptions = {}) {
    return visibleIn(from)
      .slice(0, most)
      .map(kept => {
        const receipt = `receipt-${++receipts}`;
        Object.assign(kept, { receipt, receives: kept.receives + 1, visibleAt: clock() + hideMs });
        return { body: kept.body, tenant: kept.tenant, receives: kept.receives, receipt };
      });
  }

  const heldBy = ({ messages, dead }: Shelf, receipt: string) =>
    [...messages, ...dead].find(kept => kept.receipt === receipt);

  return {
    async send(address, message) {
      shelfOf(address).messages.add(keptOf(message));
    },
    async sendMany(address, messages): Promise<readonly SendResult[]> {
      for (const message of messages) shelfOf(address).messages.add(keptOf(message));
      return messages.map(() => ({ ok: true }));
    },
    async changeVisibility(address, receipt, delayMs) {
      const kept = heldBy(shelfOf(address), receipt);
      if (kept) kept.visibleAt = laterBy(delayMs);
    },
    async deadLetter(address, message) {
      shelfOf(address).dead.add(keptOf(message));
    },
    async redrive(address, { perSecond }) {
      const shelf = shelfOf(address);
      if (shelf.move) return 'running';
      shelf.move = { startedAt: clock(), perSecond, moved: 0 };
      return 'started';
    },
    async depths(address) {
      const { messages, dead } = shelfOf(address);
      const hidden = [...messages].filter(({ visibleAt }) => visibleAt > clock());
      const inFlight = hidden.filter(({ receives }) => receives > 0).length;
      return {
        visible: messages.size - hidden.length,
        inFlight,
        delayed: hidden.length - inFlight,
        deadLetters: dead.size,
      };
    },
    receive: (address, options) => give(shelfOf(address).messages, options),
    receiveDead: (address, options) => give(shelfOf(address).dead, options),
    remove(address, receipt) {
      const shelf = shelfOf(address);
      const kept = heldBy(shelf, receipt);
      if (!kept) return;
      shelf.messages.delete(kept);
      shelf.dead.delete(kept);
    },
  };
}
