/**
 * Stands in for the application while a setting is wrong: says which one, and serves nothing.
 *
 * Errors  503 SETTING_WRONG; at the health route the same as its `unhealthy` report
 */

import type { App } from './app.ts';
import { problemResponse } from './problem-response.ts';

export function createUnready(sentence: string): App {
  const report = {
    status: 'unhealthy',
    score: 0,
    checks: { edge: { status: 'unhealthy', reason: sentence } },
  };
  return {
    fetch(request) {
      if (new URL(request.url).pathname.endsWith('/api/performance/health')) {
        return Response.json(report, { status: 503, headers: { 'cache-control': 'no-store' } });
      }
      return problemResponse({
        status: 503,
        code: 'SETTING_WRONG',
        title: 'Headrace is not set up',
        detail: sentence,
      });
    },
  };
}
