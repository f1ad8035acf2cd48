/** Static files, imported as text by `with { type: 'text' }`. */

declare module '*.html' {
  const text: string;
  export = text;
}
declare module '*.css' {
  const text: string;
  export = text;
}
declare module '*.js' {
  const text: string;
  export = text;
}
