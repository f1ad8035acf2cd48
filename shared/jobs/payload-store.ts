/**
 * The port to where payloads lie that are too large for a row: the row then keeps the key, as a cloakroom ticket.
 *
 * Shape   key -> JSON text
 * Errors  rejects with PayloadsUnavailable; PayloadMissing when nothing lies there
 * Cost    one request
 */

export interface PayloadStore {
  put(key: string, json: string): Promise<void>;
  get(key: string): Promise<string>;
}

export class PayloadsUnavailable extends Error {
  override readonly name = 'PayloadsUnavailable';
}

export class PayloadMissing extends Error {
  override readonly name = 'PayloadMissing';
}

/** Above this a payload is checked in. */
export const INLINE_BYTES = 64 * 1024;
export const LARGEST_PAYLOAD_BYTES = 8 * 1024 * 1024;
