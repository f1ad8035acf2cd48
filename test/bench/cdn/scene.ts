/**
 * What an invalidation is measured with: the order, the fewest calls that each vendor allows for it, and a clock that runs faster
 * than the wall's, so that twenty minutes of waiting take seconds.
 */

import type { InvalidationOrder } from '../../../shared/cdn/order.ts';

export const HOST = 'www.example.com';
export const CDNS = ['site', 'shop', 'azure', 'media'] as const;
export type CdnName = (typeof CDNS)[number];

export interface SenderSettings {
  readonly redis: { readonly url: string; readonly token: string };
  readonly urls: Readonly<Record<CdnName, string>>;
  readonly size: Size;
  readonly clock: ClockSettings;
}

export interface ClockSettings {
  readonly startAt: number;
  readonly speed: number;
}

export function fastClock({ startAt, speed }: ClockSettings): () => number {
  return () => Math.floor(startAt + (Date.now() - startAt) * speed);
}

export interface Size {
  readonly urls: number;
  readonly tags: number;
}

/** Of each tag the index knows so many addresses, and none of those that are named themselves. */
export const URLS_OF_A_TAG = 3;

export function orderOf({ urls, tags }: Size): InvalidationOrder {
  return {
    urls: Array.from({ length: urls }, (_, at) => `https://${HOST}/products/${at}`),
    tags: Array.from({ length: tags }, (_, at) => `product-${at}`),
  };
}

export function urlsOfTag(tag: string): readonly string[] {
  return Array.from({ length: URLS_OF_A_TAG }, (_, at) => `https://${HOST}/lists/${tag}/${at}`);
}

/** Reckoned from the vendors' documents, and not by the planner. */
export function fewestCalls({ urls, tags }: Size): Readonly<Record<CdnName, number>> {
  return {
    site: Math.ceil((urls + tags) / 3_000),
    shop: Math.ceil(urls / 100) + Math.ceil(tags / 100),
    azure: Math.ceil((urls + tags * URLS_OF_A_TAG) / 100),
    media: urls + Math.ceil(tags / 10),
  };
}

export function itemsOf({ urls, tags }: Size): Readonly<Record<CdnName, number>> {
  return { site: urls + tags, shop: urls + tags, azure: urls + tags * URLS_OF_A_TAG, media: urls + tags };
}
