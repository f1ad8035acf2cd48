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

import { type CdnCapabilities, takes } from '../capabilities.ts';
import type { InvalidationOrder } from '../order.ts';
import type { CdnCall, PurgeMode } from '../provider.ts';
import { identify, type Target } from '../target.ts';
import { chunkTargets } from './chunk.ts';
import { type Collapsed, collapseUrls } from './collapse.ts';
import { foldTargets } from './fold.ts';
import { INDEX_INCOMPLETE, type ItemRefusal, TAGS_UNSUPPORTED } from './refusals.ts';
import {
  hostNamed,
  isMeant,
  type Meant,
  meaningOfHost,
  meaningOfPattern,
  meaningOfPrefix,
  meaningOfUrl,
  type Serving,
} from './targets-of.ts';

/** Items of hosts that it does not serve are not its business. */
export interface PlannedCdn extends Serving {
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
  const { targets, collapsed } = collapseUrls(foldTargets(meant), {
    above: collapseAbove,
    deepest: capabilities.deepestPrefix,
  });
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
  const at = (item: string, meaning: (item: string, cdn: Serving) => Meant) =>
    isElsewhere(new URL(item).host) ? 'elsewhere' : meaning(item, cdn);
  return [
    ...(order.everything ? [[{ kind: 'everything' } as const]] : []),
    ...urls.map(item => at(item, meaningOfUrl)),
    ...prefixes.map(item => at(item, meaningOfPrefix)),
    ...patterns.map(item => (URL.canParse(item) ? at(item, meaningOfPattern) : meaningOfPattern(item, cdn))),
    ...(order.hosts ?? []).map(item =>
      isElsewhere(hostNamed(item)) ? 'elsewhere' : meaningOfHost(item, cdn),
    ),
    ...tagsAtCdn.map(meaningOfTag),
  ].map(meant => (typeof meant === 'string' || !isMeant(meant) ? meant : allowed(meant, capabilities)));

  function meaningOfTag(tag: string): Meant | 'elsewhere' {
    if (takes(capabilities, 'tag')) return [{ kind: 'tag', tag }];
    const found = known?.get(tag);
    if (found === 'incomplete') return INDEX_INCOMPLETE;
    if (!found) return TAGS_UNSUPPORTED;
    const meanings = found.map(url => at(url, meaningOfUrl)).filter(meant => meant !== 'elsewhere');
    return meanings.find(meant => !isMeant(meant)) ?? meanings.filter(isMeant).flat();
  }
}

/** A kind that no pool takes is refused, whatever it came from. */
function allowed(meant: readonly Target[], capabilities: CdnCapabilities): Meant {
  const missing = meant.find(({ kind }) => !takes(capabilities, kind));
  if (!missing) return meant;
  return { code: 'CDN_ITEM_INVALID', message: `It cannot invalidate by ${missing.kind}` };
}

function sumUp(refusals: readonly ItemRefusal[]): readonly Refused[] {
  const byCode = Map.groupBy(refusals, ({ code }) => code);
  return [...byCode.values()].flatMap(same => (same[0] ? [{ ...same[0], items: same.length }] : []));
}
