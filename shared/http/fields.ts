/**
 * A message's header section as plain data: a list of lines, because Set-Cookie lines must not be joined.
 *
 * Shape   [name in lower case, value] lines, in the order they came
 * Errors  none (total)
 * Source  RFC 9110 §5.2, §5.3
 */

export type Field = readonly [name: string, value: string];
export type Fields = readonly Field[];

/** Takes what `Headers` iterates, or any pairs, and lower-cases the names: they are case-insensitive (§5.1). */
export function fieldsOf(headers: Headers | Iterable<readonly [string, string]>): Fields {
  if (headers instanceof Headers) return fieldsOfHeaders(headers);
  return Array.from(headers, ([name, value]): Field => [name.toLowerCase(), value]);
}

/** Their names are in lower case, and they are faster visited than iterated over. */
function fieldsOfHeaders(headers: Headers): Fields {
  const fields: Field[] = [];
  headers.forEach((value, name) => {
    fields.push([name, value]);
  });
  return fields;
}

/** The field's combined value: its lines joined by a comma and a space (§5.3), or undefined when it has none. */
export function fieldValue(fields: Fields, name: string): string | undefined {
  let combined: string | undefined;
  for (const field of fields) {
    if (field[0] === name) combined = combined === undefined ? field[1] : `${combined}, ${field[1]}`;
  }
  return combined;
}

export function hasField(fields: Fields, name: string): boolean {
  // Asked a dozen times of every request: a plain loop.
  for (const field of fields) if (field[0] === name) return true;
  return false;
}

export function withoutFields(fields: Fields, names: Iterable<string>): Fields {
  const removed = new Set(names);
  return fields.filter(([name]) => !removed.has(name));
}

/** Every line of each field in `replacements` stands in for all lines of the same name; the others stay. */
export function withFields(fields: Fields, replacements: Fields): Fields {
  const names = replacements.map(([name]) => name);
  return [...withoutFields(fields, names), ...replacements];
}

/** Content-Length; a malformed one says nothing. */
export function declaredLength(fields: Fields): number | undefined {
  const value = fieldValue(fields, 'content-length');
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
