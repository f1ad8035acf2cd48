import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../../infra/local/images/read-arguments.ts';

describe('what follows npm run images --', () => {
  it('names a folder, a port, and whether widths are on a ladder', () => {
    expect(readArguments(['--dir', '.', '--port', '8080', '--ladder', 'off'])).toEqual({
      dir: process.cwd(),
      port: 8080,
      settings: { forms: ['query', 'ipx'], ladder: null },
    });
    expect(readArguments(['--dir', '.'])).toMatchObject({ port: 0, settings: { forms: ['query', 'ipx'] } });
  });

  it.each([
    [[], '--dir is missing'],
    [['--dir', '/nowhere'], '--dir: /nowhere is no folder'],
    [['--dir', '.', '--port', 'x'], '--port: x is no port'],
    [['--dir', '.', '--ladder', 'x'], '--ladder is x, not on or off'],
    [['--other'], "Unknown option '--other'"],
  ])('is refused where it is %j', (args, sentence) => {
    expect(() => readArguments(args)).toThrow(sentence);
  });
});
