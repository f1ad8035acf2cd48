/**
 * Redis's patterns (KEYS, SCAN MATCH): *, ?, [a-c], [^a] and \ before a character that means itself.
 *
 * Cost    pattern length times text length at worst; never exponential, whatever the pattern
 */

type Part = 'any-run' | ((character: string) => boolean);

export function createMatcher(pattern: string): (text: string) => boolean {
  const parts = parse(pattern);
  return text => matches(parts, text);
}

function parse(pattern: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  while (at < pattern.length) {
    const [part, next] = parsePart(pattern, at);
    parts.push(part);
    at = next;
  }
  return parts;
}

function parsePart(pattern: string, at: number): [part: Part, next: number] {
  const character = pattern[at];
  if (character === '*') return ['any-run', at + 1];
  if (character === '?') return [() => true, at + 1];
  if (character === '[') return parseClass(pattern, at + 1);
  const literal = character === '\\' && at + 1 < pattern.length ? at + 1 : at;
  return [given => given === pattern[literal], literal + 1];
}

function parseClass(pattern: string, start: number): [part: Part, next: number] {
  const negated = pattern[start] === '^';
  const ranges: [string, string][] = [];
  let at = negated ? start + 1 : start;
  while (at < pattern.length && pattern[at] !== ']') {
    if (pattern[at] === '\\' && at + 1 < pattern.length) at++;
    const low = pattern[at] ?? '';
    const isRange = pattern[at + 1] === '-' && at + 2 < pattern.length;
    const high = isRange ? (pattern[at + 2] ?? '') : low;
    ranges.push(low <= high ? [low, high] : [high, low]);
    at += isRange ? 3 : 1;
  }
  const includes = (given: string) => ranges.some(([low, high]) => low <= given && given <= high);
  return [given => includes(given) !== negated, at + 1];
}

function matches(parts: readonly Part[], text: string): boolean {
  let [part, at] = [0, 0];
  // Where to take up again when a part fails: behind the last run, which then swallows one character more.
  let [retryPart, retryAt] = [-1, 0];
  while (at < text.length || part < parts.length) {
    const current = parts[part];
    if (current === 'any-run') {
      [retryPart, retryAt] = [++part, at];
    } else if (current !== undefined && at < text.length && current(text[at] ?? '')) {
      part++;
      at++;
    } else if (retryPart >= 0 && retryAt < text.length) {
      [part, at] = [retryPart, ++retryAt];
    } else return false;
  }
  return true;
}
