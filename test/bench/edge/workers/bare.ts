/**
 * A Worker that answers the same bytes and header fields as a hit of Headrace from constants, as anyone would write it.
 */

declare const HEADERS: [string, string][];
declare const BODY: string;

const body = new TextEncoder().encode(BODY);

export default {
  fetch: () => new Response(body, { headers: HEADERS }),
};
