/**
 * The function name-variant, on Lambda@Edge: what it has to know is written into its bundle, for there is no environment.
 *
 * Shape   CloudFront's origin-request event -> the request it sends on, or a response
 * Errors  without what is written in, it does not start
 */
import type { CloudFrontRequestEvent } from 'aws-lambda';
import { createJsonCall } from '../../shared/aws/json-call.ts';
import { createSignedFetch } from '../../shared/aws/signed-fetch.ts';
import { completeImageSettings, type ImageSettingsInput } from '../../shared/images/settings.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { ownCredentials } from '../adapters/own-credentials.ts';
import { createNameVariant } from './name-variant.ts';
import { createReadKeys } from './read-keys.ts';

/** Filled in when it is built: infra/constructs/name-variant-code.ts. */
declare const NAMING: {
  readonly images: ImageSettingsInput;
  /** Where the keys of signed URLs are, if URLs are signed. */
  readonly keys?: { readonly secretName: string; readonly region: string; readonly endpoint?: string };
};

const { images, keys } = NAMING;
const nameVariant = createNameVariant({
  settings: completeImageSettings(images),
  readKeys: keys ? openKeys(keys) : async () => [],
  clock,
  onError: error => console.error(error),
});

export async function handler({ Records }: CloudFrontRequestEvent) {
  const [record] = Records;
  if (!record) throw new Error('The event has no record');
  return nameVariant(record.cf.request);
}

function openKeys({
  secretName,
  region,
  endpoint = `https://secretsmanager.${region}.amazonaws.com`,
}: NonNullable<typeof keys>) {
  const credentials = ownCredentials(process.env);
  const signed = createSignedFetch({ credentials, region, service: 'secretsmanager', clock, fetch });
  const call = createJsonCall(
    { fetch: signed, random: Math.random },
    // The function's time is five seconds, a visitor's patience less.
    { endpoint, target: 'secretsmanager', version: '1.1', deadlineMs: 3_000 },
  );
  return createReadKeys({ call, secretName, clock });
}
