/**
 * Reads the keys of signed image URLs from Secrets Manager, since Lambda@Edge has no environment and no bundle may hold them.
 *
 * Asked for once and kept for five minutes: so a new key is known by then, and is to be put first only after it has been second
 * for so long. While the secret cannot be read, what was read before goes on.
 *
 * Shape   secret's name -> keys, the one that signs first
 * Errors  rejects when nothing was ever read
 * Cost    one request to Secrets Manager in five minutes
 * Source  Secrets Manager API Reference, GetSecretValue
 */
import type { JsonCall } from '../../shared/aws/json-call.ts';
import type { Clock } from '../../shared/primitives/clock.ts';

export interface ReadKeysDeps {
  readonly call: JsonCall;
  readonly secretName: string;
  readonly clock: Clock;
}

const KEPT_MS = 5 * 60_000;

export function createReadKeys({ call, secretName, clock }: ReadKeysDeps): () => Promise<readonly string[]> {
  let known: { readonly keys: readonly string[]; readonly until: number } | undefined;

  async function load(): Promise<readonly string[]> {
    const { SecretString } = await call('GetSecretValue', { SecretId: secretName });
    const keys = String(SecretString ?? '')
      .split(',')
      .map(key => key.trim())
      .filter(key => key !== '');
    if (keys.length === 0) throw new Error(`The secret ${secretName} holds no key`);
    return keys;
  }

  return async () => {
    if (known && clock() < known.until) return known.keys;
    try {
      known = { keys: await load(), until: clock() + KEPT_MS };
    } catch (error) {
      if (!known) throw error;
      known = { ...known, until: clock() + KEPT_MS };
    }
    return known.keys;
  };
}
