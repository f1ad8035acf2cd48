/**
 * The request header names Headrace knows, by what they do.
 *
 * Source  RFC 9110 §12.5; Fetch §2.2.2; security notes of the frameworks named below
 */

/**
 * Sent to the origin though not in the key. Authorization and Cookie are safe because `decideStorable` asks for the
 * response's consent; Accept and Cache-Control as long as they hold only what everybody may send (accept-class.ts,
 * plain-directives.ts); traceparent because what goes is Headrace's own (trace-context.ts), never a client's text.
 */
export const HARMLESS_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'authorization',
  'cache-control',
  'cookie',
  'traceparent',
]);

/** By these a client speaks for a proxy, for another URL or method, or for the framework's own front end. */
export const OVERRIDE_HEADERS: ReadonlySet<string> = new Set([
  // Who the client is.
  'client-ip',
  'cluster-client-ip',
  'proxy-client-ip',
  'remote-addr',
  'remote-user',
  'true-client-ip',
  'wl-proxy-client-ip',
  'x-client-cert',
  'x-client-ip',
  'x-client-verify',
  'x-cluster-client-ip',
  'x-custom-ip-authorization',
  'x-originating-ip',
  'x-proxyuser-ip',
  'x-real-ip',
  'x-remote-addr',
  'x-remote-ip',
  'x-remote-user',
  // Which host, scheme or path was asked for.
  'front-end-https',
  'proxy-host',
  'x-backend-host',
  'x-forward-for',
  'x-forward-host',
  'x-forward-proto',
  'x-forwarder-for',
  'x-forwarded',
  'x-host',
  'x-host-override',
  'x-http-host-override',
  'x-override-url',
  'x-proto',
  'x-proxy-url',
  'x-request-uri',
  'x-scheme',
  'x-server-name',
  'x-url-scheme',
  // Which method was meant.
  'x-http-method',
  'x-http-method-override',
  'x-method',
  'x-method-override',
  // httpoxy: CGI turns it into HTTP_PROXY (CVE-2016-5385).
  'proxy',
  // Between Next.js and its own front end (CVE-2025-29927, CVE-2024-46982).
  'x-matched-path',
  'x-nextjs-rewrite',
  'x-now-route-matches',
  'x-prerender-revalidate',
  // React Router and Remix (CVE-2025-43864, CVE-2025-43865), Nuxt.
  'x-nuxt-no-ssr',
  'x-react-router-prerender-data',
  'x-react-router-spa-mode',
  // Rack::Sendfile maps file paths by them.
  'x-accel-mapping',
  'x-sendfile-type',
]);

export const OVERRIDE_PREFIXES: readonly string[] = [
  'akamai-',
  'cf-',
  'cloudfront-',
  'fastly-',
  'fly-',
  'forwarded',
  'x-appengine-',
  'x-arr-',
  'x-astro-',
  'x-azure-',
  'x-envoy-',
  'x-forwarded-',
  'x-invoke-',
  'x-middleware-',
  'x-nf-',
  'x-original-',
  'x-rewrite-',
  'x-ssl-',
  'x-vercel-',
];

/** Preferences and noise that browsers and tracers add to every request. */
export const QUIET_HEADERS: ReadonlySet<string> = new Set([
  // Negotiation and client hints.
  'a-im',
  'accept-charset',
  'accept-language',
  'available-dictionary',
  'device-memory',
  'dictionary-id',
  'downlink',
  'dpr',
  'ect',
  'rtt',
  'save-data',
  'user-agent',
  'viewport-width',
  'width',
  // Where the request came from, and how it is to be treated.
  'alt-used',
  'dnt',
  'early-data',
  'from',
  'max-forwards',
  'origin',
  'priority',
  'purpose',
  'referer',
  'upgrade-insecure-requests',
  'x-moz',
  'x-purpose',
  // Tracing; traceparent alone is forwarded.
  'b3',
  'baggage',
  'newrelic',
  'sentry-trace',
  'tracestate',
  'uber-trace-id',
  'x-amzn-trace-id',
  'x-cloud-trace-context',
  'x-correlation-id',
  'x-request-id',
]);

export const QUIET_PREFIXES: readonly string[] = ['sec-', 'x-b3-', 'x-datadog-'];
