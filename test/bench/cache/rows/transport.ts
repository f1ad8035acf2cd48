/**
 * One GET of 300 bytes over REST in Node: our transport beside the stock client.
 */

import { Redis } from '@upstash/redis';
import { createUndiciRedis } from '../../../../functions/adapters/undici-redis.ts';
import { createUpstashRedis } from '../../../../shared/redis/upstash.ts';
import { measureCpu } from '../measure.ts';
import { type Row, times, us } from '../row.ts';
import type { BenchRedis } from '../server.ts';

export async function measureTransport({ near: { url, token } }: BenchRedis): Promise<Row> {
  const stock = new Redis({ url, token });
  const limits = { deadlineMs: 5_000 };
  const [undici, fetching] = [
    createUndiciRedis({ url, token, ...limits }),
    createUpstashRedis({ url, token, ...limits, fetch }),
  ];
  await stock.set('transport', 'x'.repeat(300));
  const cpu = await measureCpu(
    {
      stock: () => stock.get('transport'),
      undici: () => undici.pipeline([['GET', 'transport']]),
      fetch: () => fetching.pipeline([['GET', 'transport']]),
    },
    { blocks: 40, operations: 150 },
  );
  const ratio = cpu.undici / cpu.stock;
  return {
    what: 'GET of 300 B over REST in Node, CPU',
    bar: '≤ 0.3 × the stock client',
    ours: `${us(cpu.undici)}, ${times(ratio)}`,
    peers: `@upstash/redis ${us(cpu.stock)}; ours by fetch ${us(cpu.fetch)}`,
    held: ratio <= 0.3,
  };
}
