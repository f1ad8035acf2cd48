/**
 * The bench of the whole: an origin alone and behind the edge, on a fixed trace or on your own traffic.
 *
 * Shape   npm run bench [-- --requests N | --har FILE | --log FILE --origin URL] -> a table, and bench/report.html
 * Errors  exit codes: 1 a wrong body, a failed request, or something that did not start; 2 arguments or a file that is wrong
 */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../../../infra/local/part.ts';
import { projectDir } from '../../../infra/local/paths.ts';
import { FIXED, runFixed } from './fixed.ts';
import { type ReplayOrder, readOrder } from './options.ts';
import { REPLAY, runReplay } from './replay.ts';
import { startProgress } from './telling/progress.ts';
import { formatReport, type Report } from './telling/report.ts';
import { formatRows, rowsOf } from './telling/table.ts';
import { verdictsOf } from './telling/verdicts.ts';
import { readAccessLog } from './traffic/access-log.ts';
import { readHar } from './traffic/har.ts';
import { TrafficError, trafficOf, wordsOf } from './traffic/traffic.ts';

const REPORT = join(projectDir, 'bench', 'report.html');

const order = readOrder(process.argv.slice(2), FIXED);
try {
  if (order.kind === 'refused') refuse(order.sentence);
  else if (order.kind === 'fixed') await benchFixed(order.requests);
  else await benchReplay(order);
} catch (error) {
  if (error instanceof TrafficError && order.kind === 'replay') refuse(`${order.file} ${error.message}.`);
  else if (error instanceof StartError) fail(error.message);
  else if (order.kind === 'replay' && isBroken(error)) {
    fail(`The replay was broken off (${error.message}): can ${order.origin.origin} be reached?`);
  } else throw error;
}

async function benchFixed(requests: number): Promise<void> {
  const progress = startProgress(requests);
  const result = await runFixed({ ...FIXED, requests, onProgress: progress.at }).finally(progress.stop);
  const { sentences, isRight } = verdictsOf(result, requests >= FIXED.requests);
  const { urls, products, connections, isolates } = FIXED;
  const played = `${count(requests)} requests for ${count(urls)} URLs of a shop with ${count(products)} products (Zipf 0.9, 10 % conditional, 2 % writes), ${connections} at a time, cold, through ${isolates} isolates whose routes name their tags.`;
  await tell({ ...result, played, at: new Date(), limit: result.limit.byPage, verdicts: sentences });
  if (!isRight) process.exitCode = 1;
}

async function benchReplay({ file, format, origin, host, requests }: ReplayOrder): Promise<void> {
  const text = await readFile(file, 'utf8').catch(({ code }) => {
    throw new TrafficError(`cannot be read (${code})`);
  });
  const traffic = trafficOf((format === 'har' ? readHar : readAccessLog)(text, host), requests);
  const progress = startProgress(traffic.requests.length);
  const options = { ...REPLAY, requests: traffic.requests, origin, host, onProgress: progress.at };
  const result = await runReplay(options).finally(progress.stop);
  const verdicts = [
    `${(result.equalRatio * 100).toFixed(1)} % of the answers were the origin’s of the same moment, byte for byte.`,
    `${count(traffic.requests.length)} requests were replayed, without cookies or credentials; ${wordsOf(traffic.leftOut)}.`,
  ];
  const played = `Traffic of ${host}, replayed to ${origin.origin}, ${REPLAY.connections} at a time, cold, through ${REPLAY.isolates} isolates.`;
  await tell({ ...result, played, at: new Date(), verdicts });
}

async function tell(report: Report): Promise<void> {
  console.log(`\n${report.played}\n\n${formatRows(rowsOf(report.direct, report.edge))}\n`);
  for (const verdict of report.verdicts) console.log(verdict);
  await mkdir(join(REPORT, '..'), { recursive: true });
  await writeFile(REPORT, formatReport(report));
  console.log(`\n${REPORT}`);
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

/** A connection that was refused, reset, or not to be had in time. */
function isBroken(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && /^(E[A-Z]+|UND_ERR_\w+)$/.test((error as { code?: string }).code ?? '');
}
