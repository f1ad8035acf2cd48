/**
 * Fixed-length names for texts of any length: SHA-256, cut to 160 bits, as 40 hex digits.
 *
 * Cost    one WebCrypto call; asynchronous in every runtime
 */

export async function hashText(text: string): Promise<string> {
  return hexOf((await digestText(text)).subarray(0, 20));
}

export async function digestText(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

export async function digestBytes(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export function hexOf(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}
