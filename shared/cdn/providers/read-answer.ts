/**
 * Reads what a vendor answered without believing that it has the form it should have.
 *
 * Shape   any JSON -> fields, list of fields, text
 * Errors  none (total)
 */

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return Object(value);
}

export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

/** Only what is a text or a number: anything else may not even become one. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** `code message`, of those that are there. */
export function wordsOf({ code, message }: Fields): string {
  return `${textOf(code)} ${textOf(message)}`.trim();
}
