import { expect, it } from 'vitest';
import { requiredSetting } from '../../../functions/adapters/required-setting.ts';

it('a setting is its value', () => expect(requiredSetting({ A: 'a' }, 'A')).toBe('a'));

it.each([{}, { A: '' }, { A: undefined }])('one that is missing or empty is named: %j', environment => {
  expect(() => requiredSetting(environment, 'A')).toThrow('A is not set');
});
