/**
 * Who is asking, as far as the platform itself vouches for it: plain workerd tells the peer's address in `cf`, Cloudflare in
 * a header that it overwrites. On workerd that header would be the client's own claim, so `cf` is asked first.
 *
 * Errors  undefined when nobody vouches
 */

export function clientAddress(request: Request): string | undefined {
  const peer = (request.cf as { clientIp?: unknown } | undefined)?.clientIp;
  if (typeof peer === 'string') return peer.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return request.headers.get('cf-connecting-ip') ?? undefined;
}
