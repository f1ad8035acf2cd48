/**
 * Chooses the one language, of those a site has, that suits an Accept-Language best: what browsers send in a thousand
 * spellings becomes as many variants as there are languages.
 *
 * Ranges are tried in the order of their weights, each cut back segment by segment until a language of the site fits. None
 * fits, or nothing was asked for: the site's first.
 *
 * Shape   'de-AT, en;q=0.8' + ['en', 'de'] -> 'de'
 * Errors  none (total)
 * Source  RFC 4647 §3.4 (lookup); RFC 9110 §12.4.2, §12.5.4
 */
import { splitList } from './grammar.ts';

/** More than anyone reads; a longer field is somebody's experiment. */
const MOST_RANGES = 32;

export function selectLanguage(value: string | undefined, languages: readonly string[]): string {
  const ranges = value === undefined ? [] : rangesOf(value);
  const refused = new Set(ranges.filter(({ weight }) => weight === 0).map(({ range }) => range));
  const offered = languages.filter(language => !refused.has(language.toLowerCase()));
  for (const { range, weight } of ranges) {
    const found = weight > 0 && lookUp(range, offered);
    if (found) return found;
  }
  return languages[0] ?? '';
}

interface LanguageRange {
  readonly range: string;
  readonly weight: number;
}

const MEMBER = /^([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/;

/** Of equal weight the first goes first: sorting keeps that order. A malformed member asks for nothing. */
function rangesOf(value: string): readonly LanguageRange[] {
  return splitList(value.toLowerCase())
    .slice(0, MOST_RANGES)
    .flatMap(member => {
      const [, range, weight = '1'] = MEMBER.exec(member) ?? [];
      return range === undefined ? [] : [{ range, weight: Number(weight) }];
    })
    .sort((one, other) => other.weight - one.weight);
}

/** A range of `de-AT` is content with `de`, and one of `de` with `de-CH` if that is all there is. */
function lookUp(range: string, languages: readonly string[]): string | undefined {
  if (range === '*') return languages[0];
  for (let wanted = range; wanted !== ''; wanted = wanted.slice(0, Math.max(0, wanted.lastIndexOf('-')))) {
    const found = languages.find(language => language.toLowerCase() === wanted);
    if (found) return found;
  }
  return languages.find(language => language.toLowerCase().startsWith(`${range}-`));
}
