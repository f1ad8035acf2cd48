/** What orders have to know of parts: how many there are, what they cost, and who supplies them. */

export interface Sizes {
  readonly suppliers: number;
  readonly parts: number;
  readonly customers: number;
  readonly clerks: number;
}

export function retailPrice(part: number): number {
  return (90_000 + (Math.floor(part / 10) % 20_001) + 100 * (part % 1_000)) / 100;
}

/** Each part has four suppliers, spread so that each supplier has as many parts. */
export function supplierOf(part: number, which: number, suppliers: number): number {
  const step = Math.floor(suppliers / 4) + Math.floor((part - 1) / suppliers);
  return ((part + which * step) % suppliers) + 1;
}
