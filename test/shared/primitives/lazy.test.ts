import { expect, test } from 'vitest';
import { lazy } from '../../../shared/primitives/lazy.ts';

test('a value is made once, at the first call', () => {
  let made = 0;
  const value = lazy(() => ({ number: ++made }));
  expect(made).toBe(0);
  expect(value()).toBe(value());
  expect(made).toBe(1);
});

test('undefined is a value too', () => {
  let made = 0;
  const nothing = lazy(() => {
    made += 1;
  });
  nothing();
  nothing();
  expect(made).toBe(1);
});

test('what could not be made is tried again', () => {
  const answers = [new Error('not yet'), 'now'];
  const value = lazy(() => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  });
  expect(value).toThrow('not yet');
  expect(value()).toBe('now');
});
