/**
 * Resolves a URL that a response names, as long as it belongs to the site that was asked.
 *
 * An origin asked by its own name writes that name into its answers: it stands for the one the client used.
 *
 * Shape   reference -> absolute URL on the target's origin, without fragment | undefined
 * Errors  none (total): undefined for another origin's, and for what is no URL
 * Source  RFC 3986 §5; RFC 9110 §4.3.1; RFC 9111 §4.4
 */

export interface AskedUrl {
  /** As the client asked, absolute. */
  readonly url: string;
  /** Scheme, host and port by which the origin was asked. @default the URL's own */
  readonly upstreamOrigin?: string;
}

export function sameOriginUrl(reference: string, { url, upstreamOrigin }: AskedUrl): string | undefined {
  if (!URL.canParse(reference, url)) return undefined;
  const found = new URL(reference, url);
  const { origin } = new URL(url);
  const isOurs = found.origin === origin || found.origin === upstreamOrigin;
  if (!isOurs || !WEB.has(found.protocol)) return undefined;
  return origin + found.pathname + found.search;
}

/** A blob: URL has the origin of the page that made it, and a whole URL for a path. */
const WEB = new Set(['http:', 'https:']);
