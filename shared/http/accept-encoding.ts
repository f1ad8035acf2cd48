/**
 * Reduces Accept-Encoding to one of a few forms, so that browsers' many spellings share one stored variant.
 *
 * Only the codings Headrace knows are kept, in one order; weights decide acceptance and are then dropped.
 *
 * Shape   'GZIP;q=0.8, br, deflate' -> 'br, gzip'; nothing acceptable -> 'identity'; absent stays absent
 * Errors  none (total); idempotent
 * Source  RFC 9110 §12.4.2, §12.5.3
 */
import { rememberByText } from '../primitives/remember.ts';
import { splitList } from './grammar.ts';

export const KNOWN_CODINGS = ['br', 'gzip', 'zstd'] as const;

const MEMBER = /^([!#$%&'*+.^_`|~0-9a-z-]+)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/;

export function normalizeAcceptEncoding(value: string | undefined): string | undefined {
  return value === undefined ? undefined : normalForm(value);
}

/** A handful of browsers send a handful of values. */
const normalForm = rememberByText((value): string => {
  const accepted = acceptedCodings(value);
  const others = accepted.get('*') ?? false;
  const kept = KNOWN_CODINGS.filter(coding => accepted.get(coding) ?? others);
  return kept.length === 0 ? 'identity' : kept.join(', ');
});

/** A malformed member accepts nothing; x-gzip is gzip (§8.4.1.3); of duplicates the refusal holds. */
function acceptedCodings(value: string): ReadonlyMap<string, boolean> {
  const accepted = new Map<string, boolean>();
  for (const member of splitList(value)) {
    const [, name, weight = '1'] = MEMBER.exec(member.toLowerCase()) ?? [];
    if (name === undefined) continue;
    const coding = name === 'x-gzip' ? 'gzip' : name;
    accepted.set(coding, Number(weight) > 0 && accepted.get(coding) !== false);
  }
  return accepted;
}
