import { expect, it } from 'vitest';
import { formatMessage, parseMessage } from '../../../shared/jobs/message.ts';

const job = `reports-${'0a'.repeat(12)}`;

it('comes back as it went', () => {
  expect(parseMessage(formatMessage({ job }))).toEqual({ job });
  expect(parseMessage(formatMessage({ job, death: 2 }))).toEqual({ job, death: 2 });
});

it.each(['', '{', 'null', '[]', '7', '{}', '{"job":7}', '{"job":"reports"}', '{"job":"../x"}'])(
  'is not %j',
  text => {
    expect(parseMessage(text)).toBeNull();
  },
);

it('has no death but a number', () => {
  expect(parseMessage(JSON.stringify({ job, death: 'x', more: 1 }))).toEqual({ job });
});
