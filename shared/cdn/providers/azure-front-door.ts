/**
 * Azure Front Door, Standard and Premium: purges paths of an endpoint, by its management API. It knows no tags.
 *
 * Errors  as the port; whether an accepted purge came to pass is told by an operation that is asked for
 * Cost    as the port; a purge is free, and takes up to ten minutes
 * Source  Azure REST API, "AFD Endpoints - Purge Content"; Azure Resource Manager, "Track asynchronous operations"
 */

import type { CdnCall, CdnProvider, SendOutcome, Standing } from '../provider.ts';
import type { Target } from '../target.ts';
import { AZURE_CAPABILITIES } from './limits.ts';
import { fieldsOf, wordsOf } from './read-answer.ts';
import { type Answered, askVendor, outcomeOfFailure, silent, type VendorDeps } from './vendor-call.ts';

export interface AzureFrontDoorOptions {
  readonly name: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly profile: string;
  readonly endpoint: string;
  /** @default 'https://management.azure.com' */
  readonly apiUrl?: string | undefined;
}

export const AZURE_API = 'https://management.azure.com';
const API_VERSION = '2024-02-01';

export function createAzureFrontDoor(options: AzureFrontDoorOptions, deps: VendorDeps): CdnProvider {
  const { name, apiUrl = AZURE_API } = options;
  const endpoint = `${pathOfProfile(options)}/afdEndpoints/${encodeURIComponent(options.endpoint)}`;
  const path = `${endpoint}/purge?api-version=${API_VERSION}`;
  return {
    name,
    capabilities: AZURE_CAPABILITIES,
    async send(call, { signal }) {
      const answer = await askVendor({ method: 'POST', apiUrl, path, body: bodyOf(call) }, deps, signal);
      return answer.kind === 'silent' ? silent(answer) : outcomeOf(answer, deps);
    },
    async look(id, { signal }) {
      const answer = await askVendor({ method: 'GET', apiUrl, path: id }, deps, signal);
      return answer.kind === 'silent' ? { kind: 'unknown', message: answer.message } : standingOf(answer);
    },
  };
}

export function pathOfProfile({ subscriptionId, resourceGroup, profile }: AzureFrontDoorOptions): string {
  const part = encodeURIComponent;
  const group = `/subscriptions/${part(subscriptionId)}/resourceGroups/${part(resourceGroup)}`;
  return `${group}/providers/Microsoft.Cdn/profiles/${part(profile)}`;
}

function bodyOf({ host, targets }: CdnCall): object {
  return { contentPaths: targets.map(contentPath), ...(host !== undefined && { domains: [host] }) };
}

function contentPath(target: Target): string {
  if (target.kind === 'url') return target.path;
  return target.kind === 'prefix' ? `${target.path}*` : '/*';
}

function outcomeOf(answer: Answered, { clock }: VendorDeps): SendOutcome {
  if (answer.status === 200) return { kind: 'accepted', id: '', done: true };
  if (answer.status !== 202) return outcomeOfFailure(answer, saidBy(answer), clock);
  const where = answer.header('azure-asyncoperation') ?? answer.header('location') ?? '';
  // Kept as a path of the API that was asked: the token goes nowhere else, whatever the answer names.
  const url = URL.canParse(where) ? new URL(where) : undefined;
  return { kind: 'accepted', id: url ? url.pathname + url.search : '', done: url === undefined };
}

/** `Location` answers 202 until it is done, `Azure-AsyncOperation` 200 with a status. */
function standingOf(answer: Answered): Standing {
  const { status: said } = fieldsOf(answer.body);
  if (answer.status === 202) return { kind: 'in-progress' };
  if (answer.status !== 200 && answer.status !== 204)
    return { kind: 'unknown', message: `Its operation answered ${answer.status}` };
  if (said === undefined || said === 'Succeeded') return { kind: 'completed' };
  if (said === 'Failed' || said === 'Canceled')
    return { kind: 'failed', message: `The purge ended as ${said}: ${saidBy(answer)}`.slice(0, 300) };
  return { kind: 'in-progress' };
}

function saidBy({ body }: Answered): string {
  return wordsOf(fieldsOf(fieldsOf(body).error));
}
