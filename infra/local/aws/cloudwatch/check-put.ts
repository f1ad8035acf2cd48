/**
 * What CloudWatch would say to figures that it is given: every limit of PutMetricData.
 *
 * Shape   input, now -> data | the vendor's code and sentence
 * Units   instants of the protocol are epoch seconds
 * Source  CloudWatch API Reference, PutMetricData, MetricDatum, Dimension; CloudWatch quotas
 */

export interface Given {
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly at: number;
  readonly values: readonly number[];
  readonly counts: readonly number[];
}

export interface CheckedPut {
  readonly namespace: string;
  readonly data: readonly Given[];
}

export class PutRefused extends Error {
  override readonly name = 'PutRefused';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const DAY_MS = 86_400_000;
const OLDEST_MS = 14 * DAY_MS;
const NEWEST_MS = 2 * 3_600_000;
const LARGEST = 2 ** 360;
const UNITS = new Set(
  'Seconds Microseconds Milliseconds Bytes Kilobytes Megabytes Gigabytes Terabytes Percent Count Count/Second None'.split(
    ' ',
  ),
);

export function checkPut(input: unknown, now: number): CheckedPut {
  const { Namespace, MetricData } = input as { Namespace?: unknown; MetricData?: unknown };
  if (typeof Namespace !== 'string' || !/^[^:][\x20-\x7e]{0,254}$/.test(Namespace))
    return refuse('InvalidParameterValue', 'The value for parameter Namespace is invalid.');
  if (Namespace.startsWith('AWS/'))
    return refuse('InvalidParameterValue', 'The value AWS/ for parameter Namespace is invalid.');
  if (!Array.isArray(MetricData) || MetricData.length === 0)
    return refuse('MissingParameter', 'The parameter MetricData is required.');
  if (MetricData.length > 1_000)
    return refuse('InvalidParameterValue', `MetricData has ${MetricData.length} members, more than 1000.`);
  return {
    namespace: Namespace,
    data: MetricData.map((datum, at) => checkDatum(datum, `MetricData.member.${at + 1}`, now)),
  };
}

function checkDatum(datum: Record<string, unknown>, where: string, now: number): Given {
  const { MetricName, Timestamp, Unit = 'None' } = datum;
  if (typeof MetricName !== 'string' || MetricName.length < 1 || MetricName.length > 255)
    return refuse('InvalidParameterValue', `The parameter ${where}.MetricName is invalid.`);
  const at = Timestamp === undefined ? now : Number(Timestamp) * 1_000;
  if (!Number.isFinite(at) || at < now - OLDEST_MS || at > now + NEWEST_MS)
    return refuse(
      'InvalidParameterValue',
      `The parameter ${where}.Timestamp must be within two weeks before and two hours after now.`,
    );
  if (!UNITS.has(String(Unit)))
    return refuse('InvalidParameterValue', `The value ${Unit} for parameter ${where}.Unit is invalid.`);
  return {
    name: MetricName,
    at,
    dimensions: checkDimensions(datum.Dimensions ?? [], where),
    ...checkValues(datum, where),
  };
}

function checkDimensions(given: unknown, where: string): Readonly<Record<string, string>> {
  const all = given as readonly { readonly Name?: unknown; readonly Value?: unknown }[];
  if (all.length > 30)
    return refuse('InvalidParameterValue', `${where}.Dimensions has more than 30 members.`);
  for (const { Name, Value } of all) {
    const isText = (text: unknown, most: number) =>
      typeof text === 'string' &&
      text.trim().length > 0 &&
      text.length <= most &&
      /^[\x20-\x7e]+$/.test(text);
    if (!isText(Name, 255) || !isText(Value, 1_024) || String(Name).startsWith(':'))
      return refuse('InvalidParameterValue', `The dimension ${Name} of ${where} is invalid.`);
  }
  return Object.fromEntries(all.map(({ Name, Value }) => [String(Name), String(Value)]));
}

function checkValues(datum: Record<string, unknown>, where: string): Pick<Given, 'values' | 'counts'> {
  const given = ['Value', 'Values', 'StatisticValues'].filter(name => datum[name] !== undefined);
  if (given.length !== 1)
    return refuse(
      'InvalidParameterCombination',
      `${where} must have one of Value, Values and StatisticValues.`,
    );
  const values = (datum.Values ?? [datum.Value]) as number[];
  const counts = (datum.Counts ?? values.map(() => 1)) as number[];
  if (values.length > 150)
    return refuse('InvalidParameterValue', `${where}.Values has more than 150 members.`);
  if (counts.length !== values.length)
    return refuse('InvalidParameterValue', `${where}.Counts has not as many members as Values.`);
  const isNumber = (value: unknown) =>
    typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= LARGEST;
  if (values.length === 0 || !values.every(isNumber) || !counts.every(one => isNumber(one) && one > 0))
    return refuse('InvalidParameterValue', `${where} has what is no number.`);
  return { values, counts };
}

function refuse(code: string, message: string): never {
  throw new PutRefused(code, message);
}
