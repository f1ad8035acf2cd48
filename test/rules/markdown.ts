/**
 * What a document claims about the project, taken out of its Markdown: links, code spans, code blocks, table cells.
 *
 * Shape   text -> Markdown; code blocks are not searched for links and spans
 */

export interface Markdown {
  /** Relative addresses without their fragment. */
  readonly links: readonly string[];
  readonly spans: readonly string[];
  readonly blocks: readonly CodeBlock[];
  readonly tables: readonly Table[];
}

export interface CodeBlock {
  readonly language: string;
  readonly code: string;
}

/** The header row first; each row is its cells' text. */
export type Table = readonly (readonly string[])[];

const FENCE = /^```(\w*)[^\n]*\n([\s\S]*?)^```\s*$/gm;

export function parseMarkdown(text: string): Markdown {
  const prose = text.replace(FENCE, '');
  return {
    links: matches(prose, /\]\((?!\w+:|#)([^)#\s]+)[^)]*\)/g),
    spans: codeSpans(prose),
    blocks: [...text.matchAll(FENCE)].map(([, language = '', code = '']) => ({ language, code })),
    tables: matches(prose, /((?:^\|.*\n?)+)/gm).map(parseTable),
  };
}

export function codeSpans(text: string): string[] {
  return matches(text, /`([^`\n]+)`/g);
}

function parseTable(text: string): Table {
  const rows = text
    .trim()
    .split('\n')
    .map(row =>
      row
        .trim()
        .replace(/^\||\|$/g, '')
        .split('|'),
    );
  return rows.filter((_, at) => at !== 1).map(cells => cells.map(cell => cell.trim()));
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}
