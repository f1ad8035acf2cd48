/**
 * JSON without its white space. What is between stays letter by letter: numbers too long for JavaScript, members said twice.
 *
 * Errors  SyntaxError for what is no JSON
 */

export function minifyJson(text: string): string {
  JSON.parse(text);
  return text.replace(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g, (_, string: string | undefined) => string ?? '');
}
