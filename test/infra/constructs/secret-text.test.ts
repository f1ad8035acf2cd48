import { expect, it } from 'vitest';
import { secretText } from '../../../infra/constructs/secret-text.ts';
import { createStack } from '../drawing.ts';

it('says where a secret is, whole or one field of it, and not what it holds', () => {
  const stack = createStack();
  expect(stack.resolve(secretText('shop/keys'))).toBe('{{resolve:secretsmanager:shop/keys:SecretString:::}}');
  expect(stack.resolve(secretText('shop/jobs', 'redisUrl'))).toBe(
    '{{resolve:secretsmanager:shop/jobs:SecretString:redisUrl::}}',
  );
});
