/** A JSON file, imported as text by `with { type: 'text' }`. */

declare module '*.json' {
  const text: string;
  export = text;
}
