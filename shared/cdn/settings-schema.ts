/**
 * What `cdns` of headrace.config.ts may say: which CDNs stand before or beside the edge, by a name of the operator's choice. What
 * is secret does not stand there.
 *
 * Shape   name -> settings of one CDN, told apart by `vendor`
 * Cost    zod/mini, and built only where a configuration names CDNs
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';
import { CDN_VENDORS } from './capabilities.ts';
import { CLOUDFLARE_PLANS } from './providers/limits.ts';

const text = (form: RegExp, words: string) => z.string().check(z.regex(form, words));
const identifier = () => text(/^(?!\.+$)[\w.()-]{1,128}$/, 'must be an identifier');

const common = () => ({
  /** The hosts it serves: addresses of others are not sent to it. @default any */
  hosts: z._default(z.array(text(/^[a-z0-9.:[\]-]+$/, 'must be a host in lower case')), []),
  /** More addresses than this below one folder are invalidated as that folder. @default never */
  collapseAbove: z.optional(z.int().check(z.minimum(1))),
  /** CDNs that name the same account share its rates. @default its own name */
  account: z.optional(identifier()),
});

/** Where an emulator stands in for the vendor: the token goes there. */
const apiUrl = () => z.optional(z.url({ protocol: /^https?$/, error: 'must be an http or https address' }));

const vendors = () =>
  [
    z.strictObject({
      vendor: z.literal('cloudfront'),
      distributionId: text(/^E[A-Z0-9]{3,20}$/, 'must be the id of a distribution'),
      /** Whether the distribution reads tags, by a CacheTagConfig. @default false */
      tags: z._default(z.boolean(), false),
      ...common(),
    }),
    z.strictObject({
      vendor: z.literal('cloudflare'),
      zoneId: identifier(),
      /** Its rates follow from it. @default 'free' */
      plan: z._default(z.enum(CLOUDFLARE_PLANS), 'free'),
      /** The combinations of headers in the zone's cache key, if there are any. */
      variants: z._default(z.array(z.record(z.string(), z.string())).check(z.maxLength(20)), []),
      apiUrl: apiUrl(),
      ...common(),
    }),
    z.strictObject({
      vendor: z.literal('azure-front-door'),
      subscriptionId: identifier(),
      resourceGroup: identifier(),
      profile: identifier(),
      endpoint: identifier(),
      /** Whether tags are turned into the addresses that the edge knows them by; else they are refused. @default false */
      tagIndex: z._default(z.boolean(), false),
      apiUrl: apiUrl(),
      loginUrl: apiUrl(),
      ...common(),
    }),
    z.strictObject({
      vendor: z.literal('google'),
      project: identifier(),
      urlMap: identifier(),
      apiUrl: apiUrl(),
      ...common(),
    }),
  ] as const;

export const cdnSettingsSchema = lazy(() =>
  z.record(
    text(/^[a-z][a-z0-9-]{0,63}$/, 'must be a name of lower-case letters, digits and -'),
    z.discriminatedUnion('vendor', vendors(), `must be one of ${CDN_VENDORS.join(', ')}`),
  ),
);

export type CdnSettings = z.output<ReturnType<typeof cdnSettingsSchema>>[string];
export type CdnsSettings = Readonly<Record<string, CdnSettings>>;
