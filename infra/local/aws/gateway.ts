/**
 * The one door of the local AWS: checks the signature, then hands the request to the service it was signed for.
 *
 * Errors  vendor codes; a service nobody serves is a 501 UnknownOperationException, never a hang
 */

import type { Clock } from '../../../shared/primitives/clock.ts';
import type { Answer } from '../loopback.ts';
import { refusal, unservedService } from './errors.ts';
import { type AwsCredentials, verifySignature } from './signature.ts';

export interface GatewayOptions {
  readonly credentials: AwsCredentials;
  /** By the service name of the credential scope: s3, sqs, lambda. Read at each request, so a service may join later. */
  readonly services: ReadonlyMap<string, Answer>;
  readonly clock: Clock;
}

export function createGateway({ credentials, services, clock }: GatewayOptions): Answer {
  return async request => {
    const checked = verifySignature(request, { credentials, now: clock() });
    if (checked.verdict === 'refused') return refusal(checked.reason, checked.service, request);
    const answer = services.get(checked.service);
    return answer ? answer(request) : unservedService(checked.service);
  };
}
