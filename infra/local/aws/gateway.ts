/**
 * The one door of the local AWS: checks the signature, then hands the request to the service it was signed for.
 *
 * Errors  vendor codes; a service nobody serves is a 501 UnknownOperationException, never a hang
 */

import type { Clock } from '../../../shared/primitives/clock.ts';
import type { Answer } from '../loopback.ts';
import { refusal, s3Error, unservedService } from './errors.ts';
import { checkPostedForm } from './post-policy.ts';
import { type AwsCredentials, verifySignature } from './signature.ts';

export interface GatewayOptions {
  readonly credentials: AwsCredentials;
  /** By the service name of the credential scope: s3, sqs, lambda. Read at each request, so a service may join later. */
  readonly services: ReadonlyMap<string, Answer>;
  readonly clock: Clock;
}

export function createGateway({ credentials, services, clock }: GatewayOptions): Answer {
  return async request => {
    // A browser's form carries its signature inside.
    const form = await checkPostedForm(request, { credentials, now: clock() });
    if (form !== undefined && form !== 'valid') return s3Error(form, request);
    if (form === 'valid') return services.get('s3')?.(request) ?? unservedService('s3');
    const checked = verifySignature(request, { credentials, now: clock() });
    if (checked.verdict === 'refused') return refusal(checked.reason, checked.service, request);
    const answer = services.get(checked.service);
    return answer ? answer(request) : unservedService(checked.service);
  };
}
