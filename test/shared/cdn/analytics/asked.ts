/** A vendor's API that answers once what it is told to, wants its token, and remembers what it was asked. */

import type { VendorDeps } from '../../../../shared/cdn/providers/vendor-call.ts';

export interface Asked {
  readonly url: URL;
  readonly method: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const TOKEN = 'right';

export function vendor(answer: (asked: Asked) => Response | Promise<Response>) {
  const asked: Asked[] = [];
  const deps: VendorDeps = {
    clock: () => 0,
    getToken: async () => TOKEN,
    async fetch(url, init) {
      const one = {
        url: new URL(url),
        method: String(init.method),
        body: JSON.parse(String(init.body ?? '{}')),
      };
      asked.push(one);
      const isRight = new Headers(init.headers).get('authorization') === `Bearer ${TOKEN}`;
      return isRight ? answer(one) : new Response('{}', { status: 401 });
    },
  };
  return { deps, asked };
}

export const HOUR_MS = 3_600_000;
export const FROM = Date.UTC(2026, 10, 20, 10);

export function stretchOf(hours: number) {
  return { fromAt: FROM, toAt: FROM + hours * HOUR_MS };
}

export const soon = () => AbortSignal.timeout(5_000);
