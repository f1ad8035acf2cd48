import { expect, it } from 'vitest';
import { createReadKeys } from '../../../functions/name-variant/read-keys.ts';

function open(secret: string | Error) {
  let now = 0;
  let answer = secret;
  const asked: unknown[] = [];
  const readKeys = createReadKeys({
    secretName: 'our/keys',
    clock: () => now,
    call: async (action, input) => {
      asked.push([action, input]);
      if (answer instanceof Error) throw answer;
      return { SecretString: answer };
    },
  });
  return {
    asked,
    readKeys,
    pass(ms: number, next: string | Error) {
      now += ms;
      answer = next;
    },
  };
}

it('asks for the secret by its name, once in five minutes', async () => {
  const { readKeys, asked, pass } = open('new, old,');
  expect(await readKeys()).toEqual(['new', 'old']);
  pass(299_999, 'newer');
  expect(await readKeys()).toEqual(['new', 'old']);
  pass(1, 'newer');
  expect(await readKeys()).toEqual(['newer']);
  expect(asked).toEqual([
    ['GetSecretValue', { SecretId: 'our/keys' }],
    ['GetSecretValue', { SecretId: 'our/keys' }],
  ]);
});

it('goes on with what it read before while the secret cannot be read', async () => {
  const { readKeys, asked, pass } = open('one');
  await readKeys();
  pass(300_000, new Error('no answer'));
  expect(await readKeys()).toEqual(['one']);
  expect(await readKeys()).toEqual(['one']);
  expect(asked).toHaveLength(2);
});

it.each([
  ['an empty secret', ' , '],
  ['no answer', new Error('no answer')],
])('has no keys to go on with at first: %s', async (_, secret) => {
  await expect(open(secret).readKeys()).rejects.toThrow();
});
