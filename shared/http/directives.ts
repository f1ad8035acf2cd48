/**
 * Splits a field value made of `name`, `name=token` and `name="quoted string"` into directives, telling the clean ones
 * from the malformed.
 *
 * Inside a malformed element every further word is still reported, so that a `no-store` behind a forgotten comma is seen.
 * After a quote that never closes nothing is clean: what it was to enclose cannot be known.
 *
 * Errors  none (total)
 * Source  RFC 9111 §5.2; RFC 9110 §5.6.1, §5.6.4
 */

export interface Directive {
  /** In lower case: directive names are case-insensitive. */
  readonly name: string;
  readonly argument?: string;
  readonly malformed: boolean;
}

const DIRECTIVE =
  /([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:(=)(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)|"((?:[^"\\]|\\[\s\S])*)")?)?/y;
const ELEMENT_END = /[ \t]*(?:,|$)/y;

export function readDirectives(value: string): readonly Directive[] {
  const found: Directive[] = [];
  let position = 0;
  let quoteOpen = false;
  let clean = true;
  while (position < value.length) {
    const match = matchAt(DIRECTIVE, value, position);
    if (match === null) {
      const character = value.charAt(position);
      position += 1;
      quoteOpen ||= character === '"';
      if (character === ',') clean = !quoteOpen;
      else if (character !== ' ' && character !== '\t') clean = false;
      continue;
    }
    position += match[0].length;
    clean &&= matchAt(ELEMENT_END, value, position) !== null;
    found.push(directiveOf(match, clean));
  }
  return found;
}

function directiveOf(match: RegExpExecArray, clean: boolean): Directive {
  const [, name = '', equals, token, quoted] = match;
  const argument = token ?? quoted?.replace(/\\([\s\S])/g, '$1');
  const malformed = !clean || (equals !== undefined && argument === undefined);
  return argument === undefined
    ? { name: name.toLowerCase(), malformed }
    : { name: name.toLowerCase(), argument, malformed };
}

function matchAt(pattern: RegExp, value: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(value);
}
