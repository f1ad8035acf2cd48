/**
 * The URL of another database of the same server.
 *
 * Shape   ('postgresql://a:b@host/shop', 'stock') -> 'postgresql://a:b@host/stock'; without a name the same URL
 * Errors  none: what is no URL stays what it is, and is told where it is opened
 */

export function databaseAt(serverUrl: string, database: string | undefined): string {
  if (database === undefined || !URL.canParse(serverUrl)) return serverUrl;
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}
