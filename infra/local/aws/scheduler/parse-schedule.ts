/**
 * Reads a request to create a one-time schedule, as strictly as AWS would.
 *
 * Shape   JSON text -> { group, at, input of the target }
 * Units   at in epoch ms
 * Errors  ScheduleRefused, with the field that is wrong
 */

export interface ParsedSchedule {
  readonly group: string;
  readonly at: number;
  /** Of sqs:sendMessage. */
  readonly input: object;
}

export class ScheduleRefused extends Error {
  override readonly name = 'ScheduleRefused';
}

type Fields = Readonly<Record<string, unknown>>;

const SEND_MESSAGE = 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage';
const ONE_TIME = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/;
const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

export function parseSchedule(text: string, now: number): ParsedSchedule {
  const given = parseObject(text, 'the request');
  const target = fieldsOf(given.Target, 'Target');
  check(fieldsOf(given.FlexibleTimeWindow, 'FlexibleTimeWindow').Mode === 'OFF', 'FlexibleTimeWindow.Mode');
  check(given.ActionAfterCompletion === 'DELETE', 'ActionAfterCompletion');
  check((given.ScheduleExpressionTimezone ?? 'UTC') === 'UTC', 'ScheduleExpressionTimezone');
  check(target.Arn === SEND_MESSAGE, 'Target.Arn');
  check(typeof target.RoleArn === 'string' && ROLE.test(target.RoleArn), 'Target.RoleArn');
  const [, second] = ONE_TIME.exec(String(given.ScheduleExpression)) ?? [];
  const at = Date.parse(`${second}Z`);
  check(at > now - 1000, 'ScheduleExpression');
  const input = parseObject(String(target.Input), 'Target.Input');
  for (const name of ['QueueUrl', 'MessageBody'])
    check(typeof input[name] === 'string', `Target.Input.${name}`);
  return { group: typeof given.GroupName === 'string' ? given.GroupName : 'default', at, input };
}

function check(holds: boolean, field: string): void {
  if (!holds) throw new ScheduleRefused(`${field} is missing or not valid.`);
}

function parseObject(text: string, field: string): Fields {
  try {
    return fieldsOf(JSON.parse(text), field);
  } catch {
    throw new ScheduleRefused(`${field} is missing or not valid.`);
  }
}

function fieldsOf(value: unknown, field: string): Fields {
  check(typeof value === 'object' && value !== null, field);
  return value as Fields;
}
