/**
 * The function measure-cdns: asks each CDN of headrace.config.ts what it did. The edge calls it, which holds no vendor's secret.
 *
 * Shape   { fromAt, toAt } -> { cdns: a row for each }
 * Units   epoch ms
 * Errors  RangeError for a stretch that is none; a CDN that cannot be measured is a row
 */

import { createJsonCall } from '../../shared/aws/json-call.ts';
import { createSignedFetch } from '../../shared/aws/signed-fetch.ts';
import { measureAll } from '../../shared/cdn/analytics/measure-all.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { readCdnEnvironment } from '../adapters/cdn/cdn-environment.ts';
import { ownCredentials } from '../adapters/own-credentials.ts';
import { openMeters } from './open-meters.ts';
import { readStretch } from './read-stretch.ts';

/** CloudFront is global, and its metrics are here. */
const REGION = 'us-east-1';
const DEADLINE_MS = 5_000;

const { cdns, secrets } = readCdnEnvironment(process.env);
const metered = openMeters(cdns, { fetch, clock, secrets, cloudWatch: openCloudWatch() });

export async function handler(event: unknown): Promise<object> {
  return { cdns: await measureAll(metered, readStretch(event)) };
}

function openCloudWatch() {
  const credentials = ownCredentials(process.env);
  const signed = createSignedFetch({ credentials, region: REGION, service: 'monitoring', clock, fetch });
  return createJsonCall(
    { fetch: signed, random: Math.random },
    {
      endpoint: process.env.AWS_ENDPOINT_URL ?? `https://monitoring.${REGION}.amazonaws.com`,
      target: 'GraniteServiceVersion20100801',
      deadlineMs: DEADLINE_MS,
    },
  );
}
