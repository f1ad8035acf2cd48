/**
 * A command line of curl as the request it sends, so that what people are told to type can be run where curl is not.
 *
 * Shape   curl -i <url> [-H "Name: value"]… [-d '<body>'], or curl -I for the head alone -> Request
 */
export function requestOf(command: string): Request {
  const headers = [...command.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(
    ([, name, value]) => [name, value] as [string, string],
  );
  const [, body] = / -d '([^']*)'/.exec(command) ?? [];
  const [, option, url = ''] = /^curl -([iI]) (\S+)/.exec(command) ?? [];
  if (option === 'I') return new Request(url, { headers, method: 'HEAD' });
  return new Request(url, { headers, ...(body === undefined ? {} : { method: 'POST', body }) });
}
