import { describe, expect, it } from 'vitest';
import { parsePublish } from '../../../../infra/local/publish/command.ts';

const orderOf = (...args: string[]) => {
  const parsed = parsePublish(args);
  return parsed.kind === 'command' ? parsed.order : parsed;
};

describe('a command line', () => {
  it('needs a folder, and takes it as it is', () => {
    expect(orderOf('./dist')).toEqual({
      folder: './dist',
      prefix: '',
      tags: [],
      minify: false,
      pictures: false,
      compress: true,
      prune: false,
      invalidate: true,
      dryRun: false,
      json: false,
    });
  });

  it('says where, as what, and how', () => {
    const given = '--bucket b --endpoint https://r2.example --prefix /site --url https://www.example.com/';
    const how = '--tag a --tag b --minify --pictures --no-compress --prune --no-invalidate --dry-run --json';
    expect(orderOf('d', ...given.split(' '), ...how.split(' '), '--cache-control', 'max-age=5')).toEqual({
      folder: 'd',
      bucket: 'b',
      endpoint: 'https://r2.example',
      url: 'https://www.example.com/',
      prefix: 'site/',
      cacheControl: 'max-age=5',
      tags: ['a', 'b'],
      minify: true,
      pictures: true,
      compress: false,
      prune: true,
      invalidate: false,
      dryRun: true,
      json: true,
    });
  });

  it.each([[[]], [['--help']], [['dist', '-h']]])('%j asks for help', args => {
    expect(parsePublish(args)).toEqual({ kind: 'help' });
  });

  it.each([
    [['--prune'], /Name the folder/],
    [['a', 'b'], /One folder at a time, not also b/],
    [['a', '--hash'], /--hash/],
    [['a', '--container', 'https://x', '--bucket', 'b'], /give one or the other/],
    [['a', '--url', 'www.example.com'], /--url must be an address/],
    [['a', '--endpoint', 'ftp://x'], /--endpoint must be an address/],
    [['a', '--prefix', '../up'], /climbs out of its folder/],
    [['a', '--prefix', '.git'], /begins with a dot/],
    [['a', '--tag', 'two words'], /visible ASCII without a comma/],
    [['a', '--cache-control', 'a\nb'], /text of a header/],
  ])('%j is wrong, in a sentence', (args, words) => {
    expect(parsePublish(args)).toEqual({ kind: 'wrong', sentence: expect.stringMatching(words) });
  });
});
