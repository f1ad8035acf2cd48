/**
 * How many different values a column has, by what ANALYZE said of a sample of it.
 *
 * ANALYZE foretells rightly where each value has as many rows as any other and each row is as likely to be sampled as any
 * other. Where chance decides which rows have which value, it foretells up to a fifth too few, since values with many rows
 * are seen sooner. It samples pages first and rows of those: of a large table whose equal values lie together it sees a value
 * twice too often, and foretells several times too few. An index of such a column would be larger than its budget, so this
 * looks for the number of values of which ANALYZE would have said what it did.
 *
 * Shape   (what ANALYZE said, the sample) -> values, never fewer
 * Source  PostgreSQL, compute_scalar_stats: Haas and Stokes, "Estimating the Number of Classes in a Finite Population" (Duj1);
 *         acquire_sample_rows: as many pages as rows are wanted, and rows of those
 */

export interface Sample {
  /** Of the table, those without a value left out. */
  readonly rows: number;
  /** Of these so many were looked at. */
  readonly sampled: number;
  /** Pages that were looked at, as a share of the table's, where equal values lie together. @default 1, any row as likely */
  readonly pageShare?: number;
  /** @default infinite */
  readonly rowsPerPage?: number;
}

const MOST_STEPS = 50;
/** Of the rows; beyond it nearly every row has a value of its own. */
const MOST_POSSIBLE = 1_000;

export function distinctBehind(foretold: number, sample: Sample): number {
  const { rows, sampled } = sample;
  if (rows <= sampled || foretold <= 1 || foretold >= rows) return foretold;
  let [few, many] = [foretold, rows * MOST_POSSIBLE];
  for (let step = 0; step < MOST_STEPS; step++) {
    const possible = Math.sqrt(few * many);
    if (foretoldOf(possible, sample) < foretold) few = possible;
    else many = possible;
  }
  return Math.min(rows, Math.max(foretold, met(many, rows)));
}

/** Of so many possible values, as many as so many rows meet by chance. */
const met = (possible: number, rows: number): number => -possible * Math.expm1(-rows / possible);

function foretoldOf(possible: number, sample: Sample): number {
  const { rows, sampled } = sample;
  const { seen, once } = sightings(possible, sample);
  return (sampled * seen) / (sampled - once + (once * sampled) / rows);
}

/** How many of the values the sample has at all, and how many once. A value's rows fill one page, or several in a row. */
function sightings(
  possible: number,
  { rows, sampled, pageShare = 1, rowsPerPage = Number.POSITIVE_INFINITY }: Sample,
) {
  const each = rows / possible;
  const pages = Math.max(1, each / rowsPerPage);
  const sampledOfPage = (each / pages) * (sampled / (rows * pageShare));
  const isMissed = 1 + pageShare * Math.expm1(-sampledOfPage);
  const once = pages * pageShare * sampledOfPage * Math.exp(-sampledOfPage) * isMissed ** (pages - 1);
  return { seen: possible * (1 - isMissed ** pages), once: possible * once };
}
