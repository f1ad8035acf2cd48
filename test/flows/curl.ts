/**
 * A command line of curl as the request it sends, so that what people are told to type can be run where curl is not.
 *
 * Shape   curl -i <url> [-H "Name: value"]… [-d '<body>'] -> Request
 */
export function requestOf(command: string): Request {
  const headers = [...command.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(
    ([, name, value]) => [name, value] as [string, string],
  );
  const [, body] = / -d '([^']*)'/.exec(command) ?? [];
  const [, url = ''] = /^curl -i (\S+)/.exec(command) ?? [];
  return new Request(url, { headers, ...(body === undefined ? {} : { method: 'POST', body }) });
}
