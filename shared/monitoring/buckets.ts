/**
 * The buckets that every duration is counted in. Counts of one bucket add up, whichever isolate counted them, so percentiles
 * of all of them come out as if one had counted alone.
 *
 * The bounds grow by 12 %: the middle of a bucket is within 6 % of all that is in it, whatever the distribution. 1, 2 and 5
 * in each decade are among them, so what is asked about 50, 100, 500, 1000 or 2000 ms is answered exactly.
 *
 * Shape   value -> bucket 0 … LAST_BUCKET; a value equal to a bound is below it
 * Units   ms for durations; of other values whatever theirs is
 * Errors  none (total): what is no number, or below nothing, counts as nothing
 */

/** Below this nothing is told apart: the clocks that we are given count whole milliseconds. */
const SMALLEST = 0.5;
const LARGEST = 100_000;
/** From one round number to the next, in steps of about 12 %. */
const STEPS = [
  { to: 2, steps: 6 },
  { to: 5, steps: 8 },
  { to: 10, steps: 6 },
] as const;

/** Upper bounds, ascending; above the last one there is one bucket more. */
export const BOUNDS: Float64Array = boundsOf();
export const LAST_BUCKET = BOUNDS.length;
export const BUCKET_COUNT = BOUNDS.length + 1;

/** Those that are shown to Prometheus, which takes a line for each: 1, 2 and 5 of every decade. */
export const SHOWN_BOUNDS: readonly number[] = [...BOUNDS].filter(bound => /^[125]0*$/.test(String(bound)));

export function bucketOf(value: number): number {
  if (!(value > SMALLEST)) return 0;
  let [low, high] = [1, LAST_BUCKET];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (BOUNDS[middle] ?? Number.POSITIVE_INFINITY)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What stands for all values of a bucket: its middle on the scale that the bounds grow on. */
export function middleOf(bucket: number): number {
  if (bucket <= 0) return 0;
  const low = BOUNDS[bucket - 1] ?? LARGEST;
  return Math.sqrt(low * (BOUNDS[bucket] ?? low));
}

function boundsOf(): Float64Array {
  const bounds = [SMALLEST];
  const grow = (to: number, steps: number) => {
    const from = bounds.at(-1) ?? SMALLEST;
    for (let step = 1; step < steps; step++) bounds.push(shortened(from * (to / from) ** (step / steps)));
    bounds.push(to);
  };
  grow(1, 6);
  for (let decade = 1; decade < LARGEST; decade *= 10)
    for (const { to, steps } of STEPS) grow(to * decade, steps);
  return Float64Array.from(bounds);
}

/** Four digits are enough to keep 6 %, and read well. */
function shortened(value: number): number {
  return Number(value.toPrecision(4));
}
