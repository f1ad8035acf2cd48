/**
 * The least that workerd allows: as bare.ts, with the header object made once, at the start.
 */

declare const HEADERS: [string, string][];
declare const BODY: string;

const body = new TextEncoder().encode(BODY);
const headers = new Headers(HEADERS);

export default {
  fetch: () => new Response(body, { headers }),
};
