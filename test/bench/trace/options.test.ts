import { describe, expect, test } from 'vitest';
import { readOrder } from './options.ts';

const read = (...args: readonly string[]) => readOrder(args, { requests: 50_000 });

test('plays the fixed trace when nothing is said, in full or in part', () => {
  expect(read()).toEqual({ kind: 'fixed', requests: 50_000 });
  expect(read('--requests', '300')).toEqual({ kind: 'fixed', requests: 300 });
});

test('replays a file to the origin that is named, for its host or another', () => {
  expect(read('--har', 'a.har', '--origin', 'https://www.example.com')).toMatchObject({
    kind: 'replay',
    file: 'a.har',
    format: 'har',
    origin: new URL('https://www.example.com'),
    host: 'www.example.com',
    requests: 50_000,
  });
  const elsewhere = read('--log', 'a.log', '--origin', 'http://127.0.0.1:3000', '--host', 'www.example.com');
  expect(elsewhere).toMatchObject({ format: 'log', host: 'www.example.com' });
});

describe('refuses in a sentence', () => {
  test.each([
    [['--har', 'a', '--log', 'b', '--origin', 'http://x'], /^--har and --log: give one of them\.\n/],
    [['--har', 'a'], /^--origin is missing/],
    [['--origin', 'http://x'], /^--origin and --host go with --har or --log/],
    [
      ['--log', 'a', '--origin', 'ftp://x'],
      /^--origin must be an http or https URL without a path, not 'ftp:\/\/x'/,
    ],
    [['--log', 'a', '--origin', 'http://x/path'], /^--origin must be/],
    [['--log', 'a', '--origin', 'http://me:secret@x'], /^--origin must be/],
    [['--requests', '0'], /^--requests must be a whole number from 1 to 1000000, not '0'/],
    [['--requests', 'many'], /^--requests must be/],
    [['--fast'], /^Unknown option '--fast'/],
    [['file.har'], /^Unexpected argument 'file\.har'/],
  ])('%j', (args, sentence) => {
    const order = read(...args);
    expect(order).toMatchObject({ kind: 'refused', sentence: expect.stringMatching(sentence) });
    expect(order).toMatchObject({ sentence: expect.stringContaining('npm run bench') });
  });
});
