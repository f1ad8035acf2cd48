/**
 * GET /dashboard and /dashboard/api, for everyone: two pages that hold no figure and no secret; their scripts ask the API,
 * with the token that the reader gives them.
 *
 * A page runs only the scripts of its own text, by a nonce that is new each time; it may ask this host alone, and nobody may
 * frame it.
 *
 * Shape   200 text/html, with {base} and {nonce} filled in; the assets 200; gzip where the client takes it
 * Errors  404 ROUTE_UNKNOWN for an asset that there is none of
 * Source  Content Security Policy Level 3 §6.1, §6.4, §6.7.2; Trusted Types §4
 */

import type { Context } from 'hono';
import { normalizeAcceptEncoding } from '../../shared/http/accept-encoding.ts';
import type { CreateId } from '../../shared/primitives/ids.ts';

export interface DashboardTexts {
  readonly page: string;
  readonly reference: string;
  /** By file name. */
  readonly assets: Readonly<Record<string, string>>;
}

export interface DashboardDeps {
  readonly base: string;
  readonly texts: DashboardTexts;
  readonly createId: CreateId;
}

export function dashboard({ base, texts, createId }: DashboardDeps) {
  const show = (text: string) => (context: Context) => {
    const nonce = createId();
    const html = text.replaceAll('{nonce}', nonce).replaceAll('{base}', base);
    return respond(context, html, { ...PAGE, 'content-security-policy': policyFor(nonce) });
  };
  return {
    page: show(texts.page),
    reference: show(texts.reference),
    asset(context: Context) {
      const name = context.req.param('name') ?? '';
      const text = Object.hasOwn(texts.assets, name) ? texts.assets[name] : undefined;
      if (text === undefined) return context.notFound();
      const type = name.endsWith('.css') ? 'text/css' : 'text/javascript';
      return respond(context, text, { ...ASSET, 'content-type': `${type}; charset=utf-8` });
    },
  };
}

const PAGE = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

const ASSET = {
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
};

function policyFor(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** workerd codes a body by what its Content-Encoding says. */
function respond(context: Context, text: string, headers: Readonly<Record<string, string>>): Response {
  const accepted = normalizeAcceptEncoding(context.req.header('accept-encoding'));
  const coding = accepted?.includes('gzip') ? { 'content-encoding': 'gzip' } : {};
  return new Response(text, { headers: { ...headers, ...coding, vary: 'accept-encoding' } });
}
