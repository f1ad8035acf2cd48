/**
 * The instant of a signature as AWS writes it.
 *
 * Shape   epoch ms -> 20261120T140000Z
 */

export function formatDatetime(at: number): string {
  return new Date(at).toISOString().replace(/[:-]|\.\d{3}/g, '');
}
