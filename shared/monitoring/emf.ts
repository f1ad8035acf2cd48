/**
 * Metrics of a function, as a line that CloudWatch makes metrics of: no call, no permission, no waiting.
 *
 * Shape   {namespace, dimensions, metrics} -> one line of JSON, to be written to standard output as it is
 * Units   each metric names its own, in CloudWatch's words
 * Errors  RangeError for more than CloudWatch takes of a line, and values that are no numbers
 * Source  CloudWatch Logs, Embedded Metric Format specification
 */

export interface EmfLine {
  readonly namespace: string;
  /** Epoch ms. */
  readonly at: number;
  /** Together they name the series; each set of values is billed as a metric of its own, so they come from closed sets. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, EmfValue>>;
}

export interface EmfValue {
  readonly value: number;
  readonly unit: 'Count' | 'Milliseconds' | 'Bytes' | 'Percent' | 'None';
}

const MOST_METRICS = 100;
const MOST_DIMENSIONS = 30;

export function formatEmf({ namespace, at, dimensions, metrics }: EmfLine): string {
  const [values, names] = [Object.entries(metrics), Object.keys(dimensions)];
  if (values.length > MOST_METRICS)
    throw new RangeError(`at most ${MOST_METRICS} metrics, got ${values.length}`);
  if (names.length > MOST_DIMENSIONS)
    throw new RangeError(`at most ${MOST_DIMENSIONS} dimensions, got ${names.length}`);
  const wrong = values.find(([name, { value }]) => !Number.isFinite(value) || name in dimensions);
  if (wrong) throw new RangeError(`${wrong[0]} is no metric: ${wrong[1].value}`);
  const described = values.map(([Name, { unit: Unit }]) => ({ Name, Unit }));
  return JSON.stringify({
    _aws: {
      Timestamp: at,
      CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [names], Metrics: described }],
    },
    ...dimensions,
    ...Object.fromEntries(values.map(([name, { value }]) => [name, value])),
  });
}
