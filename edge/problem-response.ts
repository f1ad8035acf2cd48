/**
 * A problem of Headrace's own as a response.
 *
 * Source  RFC 9457
 */

import { type Problem, problem } from '../shared/http/problem.ts';

export function problemResponse(described: Problem, headers: Record<string, string> = {}): Response {
  const { status, fields, body } = problem({
    ...described,
    fields: [...(described.fields ?? []), ...Object.entries(headers)],
  });
  return new Response(body, {
    status,
    headers: fields.map(([name, value]): [string, string] => [name, value]),
  });
}
