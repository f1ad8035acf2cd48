/**
 * The one file you edit: which origins there are, how each route is cached, how much memory and time the cache may take.
 * Everything here is optional and checked at start; what is not said comes from the settings and the preset.
 */

import { defineConfig } from './shared/config/config.ts';

export default defineConfig({
  // Your origin is ORIGIN_URL, or name it here:
  // origins: { default: { url: 'https://api.example.com' } },

  // The hosts you serve, each with its origin. Empty: any host, origin `default`.
  hosts: {},

  // The first route whose path matches decides. Without any, the origin's own Cache-Control does.
  routes: [
    // { match: '/products/:id', ttl: '60s', swr: '5m', tags: ['product-:id'] },
    // { match: '/assets/*', profile: 'static' },
    // { match: '/shop/*', key: { cookies: ['currency'], languages: ['en', 'de'], device: true } },
    // { match: '/api/*', cors: true, headers: { security: true } },
  ],

  // The CDNs before or beside the edge, told by POST /api/admin/cache/invalidate. Their secrets go into CDN_SECRETS.
  cdns: {
    // site: { vendor: 'cloudfront', distributionId: 'E2EXAMPLE', tags: true },
    // shop: { vendor: 'cloudflare', zoneId: '0123…', plan: 'pro', hosts: ['www.example.com'] },
  },
  // tagHeader: 'Cache-Tag',
});
