import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../infra/local/jobs/command.ts';

const commandOf = (...args: string[]) => {
  const parsed = parseCommand(args);
  return parsed.kind === 'command' ? parsed.command : parsed;
};
const sentenceOf = (...args: string[]) => {
  const parsed = parseCommand(args);
  return parsed.kind === 'wrong' ? parsed.sentence : parsed.kind;
};

describe('a command line', () => {
  it('names a command and what it takes', () => {
    expect(commandOf('enqueue', 'reports', '{"a":1}')).toEqual({
      name: 'enqueue',
      type: 'reports',
      payload: '{"a":1}',
      watch: false,
    });
    expect(
      commandOf(
        'enqueue',
        'reports',
        '-',
        '--priority',
        '9',
        '--delay=60',
        '--tenant',
        'acme',
        '--key',
        'k',
        '-w',
      ),
    ).toEqual({
      name: 'enqueue',
      type: 'reports',
      payload: '-',
      priority: 9,
      delaySeconds: 60,
      tenant: 'acme',
      idempotencyKey: 'k',
      watch: true,
    });
    for (const name of ['get', 'watch', 'cancel', 'retry'])
      expect(commandOf(name, 'reports-1')).toEqual({ name, id: 'reports-1' });
    expect(
      commandOf('list', '--type', 'reports', '--state', 'dead', '--limit', '5', '--cursor', 'c'),
    ).toEqual({
      name: 'list',
      type: 'reports',
      state: 'dead',
      limit: 5,
      cursor: 'c',
    });
    expect(commandOf('queues')).toEqual({ name: 'queues' });
    expect(commandOf('redrive', 'reports')).toEqual({ name: 'redrive', type: 'reports', perSecond: 10 });
    expect(commandOf('redrive', 'reports', '--rate', '500')).toMatchObject({ perSecond: 500 });
  });

  it('may ask for JSON', () => {
    expect(parseCommand(['queues', '--json'])).toMatchObject({ kind: 'command', json: true });
    expect(parseCommand(['queues'])).toMatchObject({ json: false });
  });

  it.each([[[]], [['help']], [['--help']], [['enqueue', '-h']]])('%j asks for help', args => {
    expect(parseCommand(args)).toEqual({ kind: 'help' });
  });

  it.each([
    [['bake'], /no 'bake': choose enqueue/],
    [['constructor'], /no 'constructor'/],
    [['enqueue'], /takes a type and a payload/],
    [['enqueue', 'reports'], /takes a type and a payload/],
    [['enqueue', 'reports', '{}', 'more'], /and nothing else/],
    [['enqueue', 'baking', '{}'], /no type 'baking': choose file-processing/],
    [['enqueue', 'reports', '{}', '--priority', 'x'], /--priority must be a whole number, got 'x'/],
    [['enqueue', 'reports', '{}', '--rate', '1'], /enqueue takes no --rate/],
    [['get'], /takes the id of a job/],
    [['list', 'reports'], /takes options only/],
    [['list', '--state', 'lost'], /no state 'lost'/],
    [['queues', '--type', 'reports'], /queues takes no --type/],
    [['redrive'], /takes a type/],
    [['get', 'x', '--colour'], /--colour/],
    [['list', '--limit'], /--limit/],
  ])('%j is wrong in words', (args, words) => {
    expect(sentenceOf(...args)).toMatch(words);
  });
});
