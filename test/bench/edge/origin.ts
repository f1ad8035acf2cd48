/**
 * What is asked for in every measurement: one page of 10 KB, from an origin in this process.
 */

import { startOrigin } from '../../fakes/origin.ts';

const WORDS = 'headrace leads fast water to the wheel ';
export const BODY = WORDS.repeat(300).slice(0, 10 * 1024);

export async function startPageOrigin() {
  const origin = await startOrigin();
  const page = origin.page({
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(BODY.length),
      'cache-control': 'public, max-age=3600',
      etag: '"9f86d081884c7d65"',
      'last-modified': 'Thu, 01 Oct 2026 10:00:00 GMT',
    },
    body: BODY,
  });
  return { url: origin.url, path: page.path, stop: origin.stop };
}
