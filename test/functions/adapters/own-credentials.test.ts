import { expect, it } from 'vitest';
import { ownCredentials } from '../../../functions/adapters/own-credentials.ts';

const role = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };

it('of a role they are three, without a session two', () => {
  const expected = { accessKeyId: 'id', secretAccessKey: 'secret' };
  expect(ownCredentials({ ...role, AWS_SESSION_TOKEN: 'token' })).toEqual({
    ...expected,
    sessionToken: 'token',
  });
  // A token that is empty would be signed, and refused.
  expect(ownCredentials({ ...role, AWS_SESSION_TOKEN: '' })).toEqual(expected);
  expect(ownCredentials(role)).toEqual(expected);
});

it('that are not there are empty', () => {
  expect(ownCredentials({})).toEqual({ accessKeyId: '', secretAccessKey: '' });
});
