/**
 * The demo's only script: says at the foot of each page who made it, from what Server-Timing told the browser.
 *
 * `db` is the origin's word and is stored with the page; `lookup` and `origin` are Headrace's, and of this very request.
 */

export const SCRIPT = `const [navigation] = performance.getEntriesByType('navigation');
const said = new Map((navigation?.serverTiming ?? []).map(entry => [entry.name, entry]));
const took = Math.max(0, navigation.responseStart - navigation.requestStart).toFixed(1);
const queries = said.get('db')?.description ?? 'no query';
const fromCache = said.has('lookup') && !said.has('origin');
const served = document.querySelector('#served');
served.textContent = fromCache
  ? \`From the cache in \${took} ms. Making it took the origin \${queries}.\`
  : \`Made by the origin, with \${queries}, in \${took} ms.\`;
served.dataset.by = fromCache ? 'cache' : 'origin';
`;
