import { expect, test } from 'vitest';
import { answerAsLast } from '../../../edge/proxy/last-stop.ts';
import { passing } from '../exchange.ts';

test('OPTIONS is told what may be asked', async () => {
  const response = answerAsLast(passing({ method: 'OPTIONS', headers: { 'max-forwards': '0' } }));
  expect(response.status).toBe(204);
  expect(response.headers.get('allow')).toContain('OPTIONS');
});

test('TRACE gets back what has arrived, without what may be secret', async () => {
  const exchange = {
    ...passing({
      path: '/a?b',
      method: 'OPTIONS',
      headers: { 'max-forwards': '0', 'x-a': '1', cookie: 'id=1', authorization: 'Basic eA==' },
    }),
    // Node makes no such request.
    method: 'TRACE',
  };
  const response = answerAsLast(exchange);
  expect(response.headers.get('content-type')).toBe('message/http');
  expect(await response.text()).toBe('TRACE /a?b HTTP/1.1\r\nmax-forwards: 0\r\nx-a: 1\r\n\r\n');
});
