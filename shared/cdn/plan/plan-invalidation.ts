/**
 * Plans an order for one CDN: what it means there, without what is named twice or lies under something else, in the fewest calls
 * that its limits allow; and what it cannot do, with the reason.
 *
 * A tag is a tag, or the addresses that the index knows it by, or refused: never everything.
 *
 * Shape   order, CDN -> { calls, mode, refused, asked, targets, collapsed, elsewhere }
 * Errors  none (total)
 * Cost    pure; 10,000 addresses take some ten milliseconds
 */

import type { CdnCapabilities } from '../capabilities.ts';
import type { InvalidationOrder } from '../order.ts';
import type { CdnCall, PurgeMode } from '../provider.ts';
import { identify, type Target } from '../target.ts';
import { chunkTargets } from './chunk.ts';
import { type Collapsed, collapseUrls } from './collapse.ts';
import { foldTargets } from './fold.ts';
import {
  type ItemRefusal,
  isMeant,
  type Meant,
  meaningOfHost,
  meaningOfPattern,
  meaningOfPrefix,
  meaningOfUrl,
} from './targets-of.ts';

export interface PlannedCdn {
  readonly capabilities: CdnCapabilities;
  /** The hosts it serves: items of others are not its business. Empty: any. */
  readonly hosts: readonly string[];
  /** More addresses than this below one folder are named by it. Absent: never. */
  readonly collapseAbove?: number | undefined;
}

/** For CDNs without tags: what the index knows each by. `incomplete`: more than it could keep. */
export type KnownUrls = ReadonlyMap<string, readonly string[] | 'incomplete'>;

export interface InvalidationPlan {
  readonly calls: readonly CdnCall[];
  /** What will be done, whatever was asked for. */
  readonly mode: PurgeMode;
  readonly refused: readonly Refused[];
  /** Items of the order that concern this CDN. */
  readonly asked: number;
  readonly targets: number;
  readonly collapsed: readonly Collapsed[];
  /** Items of hosts that it does not serve. */
  readonly elsewhere: number;
}

export interface Refused extends ItemRefusal {
  readonly items: number;
}

/** In the CDN's own words: `formatCdnTag` was applied by whoever asks. */
export interface PlanInput {
  readonly order: InvalidationOrder;
  readonly tagsAtCdn: readonly string[];
  readonly known?: KnownUrls | undefined;
}

export function planInvalidation(input: PlanInput, cdn: PlannedCdn): InvalidationPlan {
  const { capabilities, collapseAbove } = cdn;
  const items = meaningsOf(input, cdn);
  const ours = items.filter(item => item !== 'elsewhere');
  const meant = ours.filter(isMeant).flat();
  const { targets, collapsed } = collapseUrls(foldTargets(meant), collapseAbove);
  const kept = collapsed.length > 0 ? foldTargets(targets) : targets;
  const mode = input.order.mode === 'soft' && capabilities.soft ? 'soft' : 'hard';
  return {
    calls: chunkTargets(kept, capabilities, mode),
    mode,
    refused: sumUp(ours.filter(item => !isMeant(item)) as readonly ItemRefusal[]),
    asked: ours.length,
    targets: new Set(kept.map(identify)).size,
    collapsed,
    elsewhere: items.length - ours.length,
  };
}

function meaningsOf(
  { order, tagsAtCdn, known }: PlanInput,
  cdn: PlannedCdn,
): readonly (Meant | 'elsewhere')[] {
  const { capabilities, hosts } = cdn;
  const { urls = [], prefixes = [], patterns = [] } = order;
  const served = new Set(hosts);
  const isElsewhere = (host: string) => served.size > 0 && !served.has(host);
  const at = (item: string, meaning: (item: string, capabilities: CdnCapabilities) => Meant) =>
    isElsewhere(new URL(item).host) ? 'elsewhere' : meaning(item, capabilities);
  return [
    ...(order.everything ? [[{ kind: 'everything' } as const]] : []),
    ...urls.map(item => at(item, meaningOfUrl)),
    ...prefixes.map(item => at(item, meaningOfPrefix)),
    ...patterns.map(item =>
      URL.canParse(item) ? at(item, meaningOfPattern) : meaningOfPattern(item, capabilities),
    ),
    ...(order.hosts ?? []).map(item =>
      isElsewhere(item.toLowerCase()) ? 'elsewhere' : meaningOfHost(item, capabilities, hosts),
    ),
    ...tagsAtCdn.map(tag => meaningOfTag(tag, { known, at })),
  ].map(meant => (typeof meant === 'string' || !isMeant(meant) ? meant : allowed(meant, capabilities)));

  function meaningOfTag(tag: string, { known, at }: TagWays): Meant | 'elsewhere' {
    if (capabilities.pools.some(({ kinds }) => kinds.includes('tag'))) return [{ kind: 'tag', tag }];
    const found = known?.get(tag);
    if (found === 'incomplete') return INDEX_INCOMPLETE;
    if (!known || !found) return TAGS_UNSUPPORTED;
    const meanings = found.map(url => at(url, meaningOfUrl)).filter(meant => meant !== 'elsewhere');
    return meanings.find(meant => !isMeant(meant)) ?? meanings.filter(isMeant).flat();
  }
}

interface TagWays {
  readonly known: KnownUrls | undefined;
  readonly at: (
    item: string,
    meaning: (item: string, capabilities: CdnCapabilities) => Meant,
  ) => Meant | 'elsewhere';
}

const TAGS_UNSUPPORTED: ItemRefusal = {
  code: 'CDN_TAGS_UNSUPPORTED',
  message:
    'It knows no tags, and there is no index of their addresses: purge the addresses, or switch tagIndex on',
};
const INDEX_INCOMPLETE: ItemRefusal = {
  code: 'CDN_TAG_INDEX_INCOMPLETE',
  message: 'More addresses have this tag than the index keeps: purge a prefix or the host',
};

/** A kind that no pool takes is refused, whatever it came from. */
function allowed(meant: readonly Target[], { pools }: CdnCapabilities): Meant {
  const missing = meant.find(({ kind }) => !pools.some(({ kinds }) => kinds.includes(kind)));
  if (!missing) return meant;
  return { code: 'CDN_ITEM_INVALID', message: `It cannot invalidate by ${missing.kind}` };
}

function sumUp(refusals: readonly ItemRefusal[]): readonly Refused[] {
  const byCode = Map.groupBy(refusals, ({ code }) => code);
  return [...byCode.values()].flatMap(same => (same[0] ? [{ ...same[0], items: same.length }] : []));
}
