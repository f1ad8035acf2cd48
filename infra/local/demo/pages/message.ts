/**
 * A page that says one sentence.
 */

import { html } from 'hono/html';
import { type Html, layout } from './layout.ts';

export function messagePage(sentence: string): Html {
  return layout({ title: sentence }, html`<h1>${sentence}</h1><p><a href="/">To the first page</a></p>`);
}
