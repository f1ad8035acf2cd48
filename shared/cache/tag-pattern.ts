/**
 * A text with gaps, matched against tags: `*` stands for any text, the empty one included, everything else for itself.
 *
 * Shape   '/blog/*.html' -> matches(tag)
 * Errors  none
 * Cost    each part is looked for once, from left to right: no pattern makes it go back and try again
 */

export interface TagPattern {
  /** What every tag that matches begins with. */
  readonly startsWith: string;
  matches(tag: string): boolean;
}

/** What a bounded search for tags came to. */
export interface FoundTags {
  readonly tags: readonly string[];
  /** False when there was more to look at than it may. */
  readonly complete: boolean;
}

export type FindTags = (pattern: TagPattern) => Promise<FoundTags>;

export function createTagPattern(glob: string): TagPattern {
  const [first = '', ...others] = glob.split('*');
  const last = others.pop();
  if (last === undefined) return { startsWith: first, matches: tag => tag === first };
  return {
    startsWith: first,
    matches(tag) {
      if (!tag.startsWith(first) || !tag.endsWith(last)) return false;
      const at = endOfParts(tag, others, first.length);
      return at !== undefined && at <= tag.length - last.length;
    },
  };
}

/** What any of them matches. */
export function unitePatterns(patterns: readonly TagPattern[]): TagPattern {
  return {
    startsWith: patterns.map(({ startsWith }) => startsWith).reduce(commonStart),
    matches: tag => patterns.some(({ matches }) => matches(tag)),
  };
}

function commonStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}

/** Where the last of the parts ends, each taken as early as it can be, or undefined when one is missing. */
function endOfParts(tag: string, parts: readonly string[], from: number): number | undefined {
  let at = from;
  for (const part of parts) {
    const found = tag.indexOf(part, at);
    if (found < 0) return undefined;
    at = found + part.length;
  }
  return at;
}
