/**
 * A small Worker for the tests of what starts Workers: it tells its bindings, asks origins, and streams without an end.
 */

interface Bindings {
  readonly [name: string]: string | { fetch: typeof fetch };
}

export default {
  async fetch(request: Request, bindings: Bindings): Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname === '/bindings') {
      return Response.json(
        Object.fromEntries(Object.entries(bindings).filter(([, value]) => typeof value === 'string')),
      );
    }
    if (url.pathname === '/fetch') return fetch(`${url.searchParams.get('from')}`);
    if (url.pathname === '/endless') return new Response(endless());
    const upstream = bindings[`UPSTREAM_${url.pathname.slice(1)}`];
    return typeof upstream === 'object' ? upstream.fetch(request) : new Response('echo');
  },
};

function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      await new Promise(resolve => setTimeout(resolve, 20));
      controller.enqueue(new TextEncoder().encode('.'));
    },
  });
}
