/**
 * Reduces a client's Accept to the one format it gets, so that no key ever holds the header itself.
 *
 * Only formats named in full count: every old browser takes `*` and means what it knew then. Of those accepted the
 * heaviest wins, JPEG too where it is named, and of equals the one the operator prefers.
 *
 * Shape   'image/avif,image/webp;q=0.9,*' -> 'avif'; nothing modern accepted -> 'legacy' ('png' where JPEG is refused)
 * Errors  none (total): a malformed member accepts nothing
 * Source  RFC 9110 §12.4.2, §12.5.1
 */
import { splitList } from '../../http/grammar.ts';
import type { Format } from '../options.ts';

export interface NegotiateOptions {
  /** The best first. */
  readonly formats: readonly ('avif' | 'webp')[];
  /** Animations are sent in formats that move. */
  readonly anim: boolean;
}

const MEMBER = /^image\/([a-z0-9+.-]+)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/;

export function negotiateFormat(accept: string | null | undefined, options: NegotiateOptions): Format {
  const weights = weightsOf(accept ?? '');
  const weightOf = (format: string) => weights.get(format) ?? 0;
  const offered = options.formats.filter(format => !options.anim || format === 'webp');
  const [best] = offered
    .filter(format => weightOf(format) > 0)
    .toSorted((one, other) => weightOf(other) - weightOf(one));
  if (best !== undefined && weightOf(best) >= weightOf('jpeg')) return best;
  return weights.get('jpeg') === 0 && !options.anim ? 'png' : 'legacy';
}

/** Of duplicates the refusal holds. */
function weightsOf(accept: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const member of splitList(accept.toLowerCase())) {
    const [, format, weight = '1'] = MEMBER.exec(member) ?? [];
    if (format !== undefined) weights.set(format, Math.min(Number(weight), weights.get(format) ?? 1));
  }
  return weights;
}
