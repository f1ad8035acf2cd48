/** The API, asked with the token of this tab: it is kept in sessionStorage, sent as a header, and to this host alone. */

const KEY = 'headrace-token';
const TIMEOUT_MS = 10_000;
const base = document.documentElement.dataset.base ?? '';

export const token = {
  get: () => sessionStorage.getItem(KEY) ?? '',
  set: text => sessionStorage.setItem(KEY, text),
  forget: () => sessionStorage.removeItem(KEY),
};

/** What the API answered instead, or that it did not. */
export class ApiProblem extends Error {
  constructor(status, { code, title, detail }) {
    super(detail ?? title);
    Object.assign(this, { name: 'ApiProblem', status, code, title });
  }
}

/** The parsed answer. Rejects with an ApiProblem: status 0 when nobody answered. */
export async function ask(method, path, { body, signal } = {}) {
  const response = await send(method, path, { body, signal });
  const answer = await response.json().catch(() => ({ title: `The answer ${response.status} is no JSON` }));
  if (!response.ok) throw new ApiProblem(response.status, answer);
  return answer;
}

/** `body` is a text, or what becomes JSON. */
export async function send(method, path, { body, signal, headers: more } = {}) {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const headers = {
    ...(token.get() && { authorization: `Bearer ${token.get()}` }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...more,
  };
  try {
    return await fetch(base + path, {
      method,
      headers,
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiProblem(0, { code: 'EDGE_AWAY', title: 'The edge does not answer.' });
  }
}
