/**
 * What answers the Cache API of another Worker in plain workerd: a map, in the same process and as lean as can be, so that
 * what is measured of a user of that API is rather too little than too much.
 *
 * Source  workerd, src/workerd/api/cache.c++: GET hits by CF-Cache-Status; PUT carries the response as HTTP/1.1 text
 */

interface Kept {
  readonly headers: [string, string][];
  readonly body: Uint8Array<ArrayBuffer>;
}

const kept = new Map<string, Kept>();

export default {
  async fetch(request: Request): Promise<Response> {
    if (request.method === 'PUT') {
      kept.set(request.url, parse(new Uint8Array(await request.arrayBuffer())));
      return new Response(null, { status: 204 });
    }
    const found = kept.get(request.url);
    if (!found) return new Response(null, { status: 504, headers: { 'cf-cache-status': 'MISS' } });
    return new Response(found.body, { headers: found.headers });
  },
};

function parse(bytes: Uint8Array<ArrayBuffer>): Kept {
  const text = new TextDecoder('latin1').decode(bytes);
  const end = text.indexOf('\r\n\r\n');
  const lines = text.slice(0, end).split('\r\n').slice(1);
  const fields = lines.map(line => line.split(/: ?(.*)/s, 2) as [string, string]);
  return { headers: [...fields, ['cf-cache-status', 'HIT']], body: bytes.slice(end + 4) };
}
