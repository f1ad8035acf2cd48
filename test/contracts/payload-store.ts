/** What the job engine relies on from where large payloads lie: they come back as they went in, and what is not there is told. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PayloadMissing, type PayloadStore, PayloadsUnavailable } from '../../shared/jobs/payload-store.ts';
import type { FaultProxy } from '../fakes/fault-proxy.ts';

export interface PayloadHome {
  readonly payloads: PayloadStore;
  /** Stands before what keeps them. */
  readonly way: FaultProxy;
  stop(): Promise<void>;
}

const KEY = 'jobs/reports-0123456789abcdef01234567/0a1b2c.json';

export function payloadStoreContract(name: string, startHome: () => Promise<PayloadHome>): void {
  describe(name, () => {
    let home: PayloadHome;
    beforeAll(async () => {
      home = await startHome();
    });
    beforeEach(() => home.way.heal());
    afterAll(() => home.stop());

    it('gives back what was put, and the latest of it', async () => {
      const json = JSON.stringify({ text: 'grüße 東京 🚰'.repeat(10_000) });
      await home.payloads.put(KEY, '{"first":true}');
      await home.payloads.put(KEY, json);
      expect(await home.payloads.get(KEY)).toBe(json);
    });

    it('tells what is not there', async () => {
      await expect(home.payloads.get('jobs/none.json')).rejects.toBeInstanceOf(PayloadMissing);
    });

    it.each([
      ['refuses', { kind: 'refuse' }],
      ['breaks off', { kind: 'reset' }],
      ['fails', { kind: 'say', bytes: 'HTTP/1.1 503 Slow Down\r\ncontent-length: 0\r\n\r\n' }],
    ] as const)('is unavailable while its bucket %s', async (_name, fault) => {
      await home.way.fail(fault);
      await expect(home.payloads.put(KEY, '{}')).rejects.toBeInstanceOf(PayloadsUnavailable);
      await expect(home.payloads.get(KEY)).rejects.toBeInstanceOf(PayloadsUnavailable);
    });
  });
}
