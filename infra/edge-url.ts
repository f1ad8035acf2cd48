/**
 * Finds where the deployed edge answers, for the functions that call it.
 *
 * Shape   EDGE_URL, else the first host of headrace.config.ts -> an https origin; undefined when neither is given
 * Errors  RangeError when EDGE_URL is no https origin: functions in the cloud cannot reach anything else
 */

export function findEdgeUrl(given: string | undefined, hosts: readonly string[]): string | undefined {
  const text = given?.trim() || (hosts[0] && `https://${hosts[0]}`);
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' || text.replace(/\/$/, '') !== url.origin) {
    throw new RangeError(`EDGE_URL is ${text}, not an address such as https://www.example.com`);
  }
  return url.origin;
}
