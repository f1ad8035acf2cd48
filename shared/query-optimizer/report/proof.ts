/**
 * What proves a report, and what it lacks: costs of each statement, indexes to drop, foreign keys, gaps.
 *
 * Shape   Report -> sections of Markdown, those with nothing to say left out
 */

import { SIZE_ERRORS } from '../sizes/room.ts';
import type { Report } from './schema.ts';
import { cell, costWords, percent, sizeWords, table, wholeWords } from './words.ts';

const MOST_QUERIES = 100;

export function proofSections(report: Report): readonly string[] {
  return [
    ...queries(report),
    ...frontier(report),
    ...unused(report),
    ...redundant(report),
    ...foreignKeys(report),
    ...skipped(report),
    ...gaps(report),
    ...notes(report),
    ...method(report),
  ];
}

function section(title: string, rows: readonly unknown[], body: () => string): readonly string[] {
  return rows.length > 0 ? [`## ${title}`, body()] : [];
}

function queries({ queries: all, proposals }: Report): readonly string[] {
  const shown = all.slice(0, MOST_QUERIES);
  const rest = all.length > shown.length ? `\n\n${all.length - shown.length} more are in report.json.` : '';
  return section('Cost of each statement', proposals.length > 0 ? shown : [], () =>
    table(
      ['statement', 'calls', 'before', 'after', 'of before', 'uses'],
      shown.map(({ id, sql, calls, before, after, uses }) => [
        `${cell(id, 30)} ${cell(sql, 60)}`,
        wholeWords(calls),
        costWords(before),
        costWords(after),
        percent(before > 0 ? after / before : 1),
        uses.map(name => cell(name)).join(', '),
      ]),
    ).concat(rest),
  );
}

function frontier({ frontier: points, proposals }: Report): readonly string[] {
  return section('What less would buy', proposals.length > 0 ? points : [], () =>
    table(
      ['size of indexes', 'relative cost'],
      points.map(({ bytes, relativeCost }) => [sizeWords(bytes), `${relativeCost.toFixed(1)} %`]),
    ),
  );
}

function unused({ unused: indexes }: Report): readonly string[] {
  return section('Unused indexes', indexes, () =>
    [
      'Nobody has read them while this server counted. Replicas count for themselves: ask each of them before you drop one.',
      table(
        ['index', 'table', 'size', 'observed'],
        indexes.map(({ index, table: of, bytes, observedDays }) => [
          cell(index),
          cell(of),
          sizeWords(bytes),
          `${observedDays} days`,
        ]),
      ),
    ].join('\n\n'),
  );
}

function redundant({ redundant: indexes }: Report): readonly string[] {
  return section('Redundant indexes', indexes, () =>
    table(
      ['index', 'size', 'why'],
      indexes.map(({ index, bytes, by, kind, byProposal }) => [
        cell(index),
        sizeWords(bytes),
        `${kind === 'duplicate' ? 'the same as' : 'the first keys of'} ${cell(by)}${byProposal ? ', once that is created' : ''}`,
      ]),
    ),
  );
}

function foreignKeys({ foreignKeys: keys }: Report): readonly string[] {
  return section('Foreign keys without an index', keys, () =>
    [
      'Each row deleted from what they point to reads the whole referencing table. The migration has the indexes as comments.',
      table(
        ['constraint', 'table', 'columns', 'deletes', 'pages read by each'],
        keys.map(({ constraint, table: of, columns, deletes, pages }) => [
          cell(constraint),
          cell(of),
          cell(columns.join(', ')),
          wholeWords(deletes),
          wholeWords(pages),
        ]),
      ),
    ].join('\n\n'),
  );
}

function skipped({ skipped: reasons }: Report): readonly string[] {
  return section('Statements left out', reasons, () =>
    table(
      ['reason', 'statements', 'calls', 'for example'],
      reasons.map(({ reason, count, calls, example }) => [
        reason,
        String(count),
        wholeWords(calls),
        cell(example),
      ]),
    ),
  );
}

function gaps({ gaps: all }: Report): readonly string[] {
  return section('What could not be done', all, () =>
    table(
      ['part', 'why', 'what would help'],
      all.map(({ part, why, remedy }) => [cell(part), cell(why, 200), cell(remedy, 300)]),
    ),
  );
}

function notes({ notes: all }: Report): readonly string[] {
  return section('Worth knowing', all, () =>
    all.map(({ why, remedy }) => `- ${cell(why, 300)} ${cell(remedy, 300)}`).join('\n'),
  );
}

function method({ summary, planner, budgetBytes }: Report): readonly string[] {
  if (planner === null) return [];
  return [
    '## How it was judged',
    `${summary.understood} kinds of statements were understood, of ${summary.statements} statements read, ${summary.searched} searched; ${summary.candidates} candidates, ${summary.plannerCalls} questions to the planner (${planner}); budget ${sizeWords(budgetBytes)}. ${sizesSentence(planner)}A row that is written costs 1 for each entry in a B-tree, 4 in GIN, 0.02 in BRIN, a HOT update lost one entry in every index of its table; a sequentially read page is 1.`,
  ];
}

/** A real planner measures, and HypoPG says rather too much. */
function sizesSentence(planner: Report['planner']): string {
  if (planner !== 'twin') return '';
  const { column, columns, predicate, expression, elements } = SIZE_ERRORS;
  return `Sizes are a model's, so a part of the budget was left free: of a B-tree on a column ${percent(column)} of its size, on several ${percent(columns)}, on an expression ${percent(expression)}, ${percent(predicate)} more for a predicate, of GIN ${percent(elements)}. `;
}
