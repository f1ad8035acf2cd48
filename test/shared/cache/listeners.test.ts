import { describe, expect, it } from 'vitest';
import type { ApplicationEvent } from '../../../shared/cache/application-events.ts';
import { combineListeners, createAuditLog, createDebugLog } from '../../../shared/cache/listeners.ts';

const HIT: ApplicationEvent = { kind: 'hit', key: 'k', level: 'L1', stale: false };
const FAILED: ApplicationEvent = { kind: 'level-failed', operation: 'read', error: new Error('down') };

function debug(chosen: string | undefined, ...events: ApplicationEvent[]): string[] {
  const lines: string[] = [];
  const listener = createDebugLog(chosen, line => lines.push(line));
  for (const event of events) listener?.(event);
  return lines;
}

describe('the debug log', () => {
  it('writes what is chosen', () => {
    expect(debug('headrace:*', HIT, FAILED)).toEqual([
      'headrace:hit {"key":"k","level":"L1","stale":false}',
      'headrace:level-failed {"operation":"read","error":"Error: down"}',
    ]);
    expect(debug('other, headrace:level-*', HIT, FAILED)).toHaveLength(1);
    expect(debug('*,-headrace:hit', HIT, FAILED)).toHaveLength(1);
    expect(debug('headrace.hit', HIT)).toEqual([]);
  });

  it.each([undefined, '', ' ', '-headrace:hit'])('is not there at all for %s', chosen => {
    expect(createDebugLog(chosen, () => {})).toBeUndefined();
  });
});

describe('the audit log', () => {
  it('writes a line for what removed something, with its time, and nothing else', () => {
    const lines: string[] = [];
    const audit = createAuditLog(
      line => lines.push(line),
      () => 1_700_000_000_000,
    );
    for (const event of [HIT, { kind: 'purged', tags: ['a'], soft: false } as const]) audit(event);
    audit({ kind: 'write-lost', key: 'k', error: new Error('disk full') });
    expect(lines.map(line => JSON.parse(line))).toEqual([
      { at: '2023-11-14T22:13:20.000Z', kind: 'purged', tags: ['a'], soft: false },
      { at: '2023-11-14T22:13:20.000Z', kind: 'write-lost', key: 'k', error: 'Error: disk full' },
    ]);
  });
});

it('a listener that throws is not heard by the others', () => {
  const heard: ApplicationEvent[] = [];
  const faulty = () => {
    throw new Error('listener');
  };
  combineListeners([faulty, undefined, event => heard.push(event)])(HIT);
  expect(heard).toEqual([HIT]);
});
