/**
 * What flows and is never stored: a clock that sends an event a second, an echo that streams back what it is sent.
 */

import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';

const SECOND_MS = 1_000;

export const streamRoutes = new Hono()
  .get('/clock', context =>
    streamSSE(context, async stream => {
      while (!stream.aborted) {
        await stream.writeSSE({ event: 'second', data: new Date().toISOString() });
        await stream.sleep(SECOND_MS);
      }
    }),
  )
  .post('/echo', context => {
    const type = context.req.header('Content-Type') ?? 'application/octet-stream';
    return new Response(context.req.raw.body, { headers: { 'Content-Type': type } });
  });
