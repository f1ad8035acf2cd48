/**
 * Reads which tags a row of a table has: `users,users:{id}` is two, the second with the row's own id in it.
 *
 * A column's name is as Postgres keeps it; one that itself has braces, commas or quotes stands in double quotes, doubled
 * inside: {"odd}name"}.
 *
 * Shape   text -> { kind: 'templates' } | { kind: 'wrong', sentence }
 * Errors  none (total)
 */

import { isIdentifier } from './sql-text.ts';

export type TagPart = { readonly text: string } | { readonly column: string };
export type TagTemplate = readonly TagPart[];

export type ParsedTemplates =
  | { readonly kind: 'templates'; readonly templates: readonly TagTemplate[] }
  | { readonly kind: 'wrong'; readonly sentence: string };

const MOST_TEMPLATES = 20;

export function parseTemplates(given: string): ParsedTemplates {
  const tokens = [...given.matchAll(TOKEN)];
  const odd = tokens.find(({ groups }) => groups?.odd !== undefined);
  if (odd) return wrong(`has ${JSON.stringify(odd[0])} at position ${odd.index + 1}, which no tag can have`);
  const templates = split(tokens.map(({ groups = {} }) => groups));
  if (templates.some(parts => parts.length === 0)) return wrong('has an empty tag');
  if (templates.length > MOST_TEMPLATES) return wrong(`has more than ${MOST_TEMPLATES} tags`);
  const name = columnsOf(templates).find(column => !isIdentifier(column));
  if (name !== undefined)
    return wrong(`names the column ${JSON.stringify(name)}, which no table can have: 1 to 63 bytes`);
  return { kind: 'templates', templates };
}

/** Every column that a template names, once. */
export function columnsOf(templates: readonly TagTemplate[]): readonly string[] {
  return [...new Set(templates.flat().flatMap(part => ('column' in part ? part.column : [])))];
}

/** White space around a comma is the writer's; inside a tag it is refused, as in a Cache-Tag. */
const TOKEN =
  /\s*(?<comma>,)\s*|^\s+|\s+$|\{"(?<quoted>(?:[^"]|"")+)"\}|\{(?<column>[^{}",\s][^{}",]*)\}|(?<text>[!-+\--z|~]+)|(?<odd>.)/gsu;

type Token = Readonly<Record<string, string | undefined>>;

function split(tokens: readonly Token[]): readonly TagTemplate[] {
  const templates: TagPart[][] = [[]];
  for (const { comma, quoted, column, text } of tokens) {
    if (comma) templates.push([]);
    else if (quoted !== undefined) templates.at(-1)?.push({ column: quoted.replaceAll('""', '"') });
    else if (column !== undefined) templates.at(-1)?.push({ column });
    else if (text !== undefined) templates.at(-1)?.push({ text });
  }
  return templates;
}

function wrong(words: string): ParsedTemplates {
  return { kind: 'wrong', sentence: `--tags ${words}. An example: 'users,users:{id}'.` };
}
