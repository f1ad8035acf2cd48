import { expect, test } from 'vitest';
import { createEventLog } from '../../edge/log-events.ts';
import type { CacheEvent } from '../../shared/cache/events.ts';

function logging() {
  const lines: unknown[] = [];
  let now = 0;
  const log = createEventLog(
    line => lines.push(JSON.parse(line)),
    () => now,
  );
  const at = (instant: number, event: CacheEvent) => {
    now = instant;
    log(event);
  };
  return { lines, at };
}

const failed = (operation: 'read' | 'write') =>
  ({ kind: 'level-failed', operation, error: new Error('no answer') }) as const;

test('tells what failed and why', () => {
  const { lines, at } = logging();
  at(0, failed('read'));
  at(0, failed('write'));
  expect(lines).toEqual([
    { kind: 'level-failed', operation: 'read', error: 'no answer', times: 1 },
    { kind: 'level-failed', operation: 'write', error: 'no answer', times: 1 },
  ]);
});

test('tells it once a second, and then how often it was', () => {
  const { lines, at } = logging();
  for (const instant of [0, 1, 500, 999, 1_000]) at(instant, failed('read'));
  expect(lines).toMatchObject([{ times: 1 }, { times: 4 }]);
});

test('holds its tongue about keys, which may hold what people typed', () => {
  const { lines, at } = logging();
  at(0, { kind: 'value-unreadable', key: 'http://h/?token=secret' });
  at(0, { kind: 'write-refused', key: 'http://h/?token=secret' });
  expect(JSON.stringify(lines)).not.toContain('secret');
  expect(lines).toHaveLength(1);
});
