/**
 * Why an item of an order cannot be done at one CDN, in words for whoever ordered it.
 *
 * Shape   item -> { code, message }
 * Errors  none (total)
 */

import type { CdnCapabilities } from '../capabilities.ts';

export interface ItemRefusal {
  readonly code:
    | 'CDN_TAGS_UNSUPPORTED'
    | 'CDN_TAG_INDEX_INCOMPLETE'
    | 'CDN_PATTERN_UNSUPPORTED'
    | 'CDN_HOST_UNSUPPORTED'
    | 'CDN_ITEM_TOO_LONG'
    | 'CDN_ITEM_INVALID';
  readonly message: string;
}

export const TAGS_UNSUPPORTED: ItemRefusal = {
  code: 'CDN_TAGS_UNSUPPORTED',
  message:
    'It knows no tags, and there is no index of their addresses: purge the addresses, or switch tagIndex on',
};
export const INDEX_INCOMPLETE: ItemRefusal = {
  code: 'CDN_TAG_INDEX_INCOMPLETE',
  message: 'More addresses have this tag than the index keeps: purge a prefix or the host',
};

export function starred(item: string): ItemRefusal {
  const message = `A star in an address would be taken for any text, and reach more than ${cut(item)}`;
  return { code: 'CDN_PATTERN_UNSUPPORTED', message };
}

export function unsupportedPattern(item: string): ItemRefusal {
  return { code: 'CDN_PATTERN_UNSUPPORTED', message: `It cannot name ${cut(item)}` };
}

export function tooLong(item: string, { longestPath }: CdnCapabilities): ItemRefusal {
  const message = `A path may have ${longestPath} characters, less than ${cut(item)}`;
  return { code: 'CDN_ITEM_TOO_LONG', message };
}

export function tooDeep(item: string, deepest: number): ItemRefusal {
  return {
    code: 'CDN_ITEM_TOO_LONG',
    message: `A prefix may have ${deepest} slashes, less than ${cut(item)}`,
  };
}

function cut(item: string): string {
  return item.length > 120 ? `${item.slice(0, 120)}…` : item;
}
