/** A text as a structured-field string, so that any visible characters can be a key. */

export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
