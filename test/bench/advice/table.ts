/** Prints what a comparison found: a row an advisor and budget, and where ours is above another. */

import type { JudgedAnswer } from './compare.ts';

export const OURS = 'Headrace';

const HEADINGS = [
  'advisor'.padEnd(15),
  'budget',
  ' built',
  '  told',
  'bytes built',
  'indexes',
  'geo. mean',
  'worst query  ',
  'seconds',
  'what-if',
];

export function formatTable(answers: readonly JudgedAnswer[], dataBytes: number): string {
  return [HEADINGS.join('  '), ...answers.map(answer => formatRow(answer, dataBytes))].join('\n');
}

function formatRow(answer: JudgedAnswer, dataBytes: number): string {
  const { advisor, share, indexes, seconds, estimates, told, built } = answer;
  return [
    advisor.padEnd(15),
    `${Math.round(share * 100)} %`.padStart(6),
    built.relativeCost.toFixed(1).padStart(6),
    told.relativeCost.toFixed(1).padStart(6),
    `${((100 * built.bytes) / dataBytes).toFixed(1)} %`.padStart(11),
    `${indexes.length}`.padStart(7),
    built.geometricMean.toFixed(3).padStart(9),
    `${built.worst.id}: ${built.worst.ratio.toFixed(2)}`.padEnd(13),
    seconds.toFixed(1).padStart(7),
    `${estimates}`.padStart(7),
  ].join('  ');
}

/** Where another advisor's indexes, really built, cost less than ours: by more than a tenth of a percent. */
export function lostTo(answers: readonly JudgedAnswer[], slack = 0.1): readonly string[] {
  const ours = answers.filter(({ advisor }) => advisor === OURS);
  return ours.flatMap(({ share, built }) =>
    answers
      .filter(other => other.share === share && other.built.relativeCost + slack < built.relativeCost)
      .map(
        other =>
          `at ${Math.round(share * 100)} % ${other.advisor} costs ${other.built.relativeCost.toFixed(1)}, ours ${built.relativeCost.toFixed(1)}`,
      ),
  );
}
