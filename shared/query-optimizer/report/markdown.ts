/**
 * The report for people: the first page says what to do, then what proves it, then what could not be done.
 *
 * Shape   Report -> Markdown
 */

import { proofSections } from './proof.ts';
import type { Proposal, Report } from './schema.ts';
import { cell, codeBlock, costWords, countWords, percent, sizeWords, wholeWords } from './words.ts';

export function formatReport(report: Report): string {
  return [
    `# Indexes for ${cell(report.database.name)}`,
    `${new Date(report.takenAt).toISOString()} · PostgreSQL ${versionWords(report)} · ${sizeWords(report.database.dataBytes)} of tables`,
    ...firstPage(report),
    ...report.proposals.flatMap(proposalSection),
    ...proofSections(report),
  ]
    .join('\n\n')
    .concat('\n');
}

const versionWords = ({ database }: Report): string =>
  `${Math.floor(database.versionNumber / 10_000)}.${database.versionNumber % 10_000}`;

function firstPage(report: Report): readonly string[] {
  const steps = [...proposalSteps(report), ...otherSteps(report)];
  const list = steps.map((step, at) => `${at + 1}. ${step}`).join('\n');
  return ['## What to do', steps.length > 0 ? list : nothingToDo(report), summarySentence(report)].filter(
    Boolean,
  );
}

function nothingToDo({ summary, planner }: Report): string {
  if (planner === null)
    return 'No planner could be asked, so no index is proposed: see below what would help.';
  if (summary.understood === 0) return 'No statement could be judged: see below what would help.';
  return 'Nothing. No index would make a statement clearly faster, and none is in the way.';
}

function proposalSteps({ proposals, summary }: Report): readonly string[] {
  if (proposals.length === 0) return [];
  const many = countWords(proposals.length, 'index', 'indexes');
  return [
    `Create ${many} (${sizeWords(summary.proposedBytes)}): read \`migration.up.sql\`, run it with \`psql\`. \`migration.down.sql\` takes it back.`,
  ];
}

function otherSteps({ unused, redundant, foreignKeys, gaps, connections }: Report): readonly string[] {
  const freed = [...unused, ...redundant].reduce((sum, { bytes }) => sum + bytes, 0);
  const idle = unused.length + redundant.length;
  return [
    ...(idle > 0
      ? [
          `Consider dropping ${countWords(idle, 'index', 'indexes')} unused or redundant (${sizeWords(freed)}); the migration has the statements as comments.`,
        ]
      : []),
    ...(foreignKeys.length > 0
      ? [
          `Consider an index behind ${countWords(foreignKeys.length, 'foreign key')}, whose targets are deleted from.`,
        ]
      : []),
    ...connections,
    ...(gaps.length > 0
      ? [`Enable what could not be read (${gaps.length}), listed below, for a fuller report.`]
      : []),
  ];
}

function summarySentence({ summary, proposals, isPartial }: Report): string {
  const partial = isPartial ? ' The analysis is partial: see what could not be done.' : '';
  if (proposals.length === 0) return partial.trim();
  return `The workload then costs **${summary.relativeCost.toFixed(1)} %** of today's by the planner (geometric mean of its statements ${percent(summary.geometricMean)}).${partial}`;
}

function proposalSection(proposal: Proposal): readonly string[] {
  const { writes, statements } = proposal;
  const lost = writes.lostHotUpdates > 0 ? `, ${wholeWords(writes.lostHotUpdates)} HOT updates lost` : '';
  return [
    `### ${cell(proposal.name)}`,
    codeBlock(proposal.definition),
    [
      `- saves ${percent(proposal.savedShare)} of the workload, in ${countWords(statements.length, 'statement')}`,
      `- takes ${sizeWords(proposal.bytes)}; writes: ${countWords(Math.round(writes.entries), 'entry', 'entries')}, cost ${costWords(writes.cost)}${lost}`,
      `- confidence ${proposal.confidence}${proposal.doubts.map(doubt => `; ${doubt}`).join('')}`,
    ].join('\n'),
  ];
}
