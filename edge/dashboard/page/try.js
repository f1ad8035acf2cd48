/** Sends a request of the reference as it is described, and shows the answer as it came. */

import { send, token } from './api.js';
import { h, show } from './dom.js';
import { duration } from './format.js';
import { exampleOf } from './schema.js';
import { askForToken } from './token.js';

const LONGEST = 20_000;

export function tryForm(operation, body, api) {
  const { method, path, parameters = [], security, requestBody } = operation;
  const output = h('output', {});
  const given = parameters.map(parameter => [parameter, field(parameter)]);
  const example = body && JSON.stringify(exampleOf(body, api), null, 2);
  const text = body && h('textarea', { rows: example.split('\n').length + 1, spellcheck: 'false' }, example);
  const form = h(
    'form',
    {},
    ...given.map(([{ name }, input]) => h('label', {}, name, input)),
    text && h('label', {}, Object.keys(requestBody.content)[0], text),
    h('button', { type: 'submit' }, 'Send'),
    output,
  );
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (security.length > 0 && !token.get()) return askForToken();
    const startedAt = performance.now();
    try {
      const response = await send(method, addressOf(path, given), {
        body: text?.value,
        headers: headersOf(given),
      });
      await showAnswer(output, response, performance.now() - startedAt);
    } catch (error) {
      show(output, h('p', { class: 'wrong' }, error.message));
    }
  });
  return h('details', { class: 'try' }, h('summary', {}, 'Try it'), form);
}

function field({ schema, required }) {
  if (!schema.enum) return h('input', { spellcheck: 'false', autocomplete: 'off', required });
  const choices = schema.enum.map(value => h('option', { selected: value === schema.default }, value));
  return h(
    'select',
    {},
    !required && schema.default === undefined && h('option', { value: '' }, 'none'),
    ...choices,
  );
}

function addressOf(path, given) {
  const filled = given.filter(([, { value }]) => value !== '');
  const query = new URLSearchParams(
    filled.flatMap(([{ name, in: place }, { value }]) => (place === 'query' ? [[name, value]] : [])),
  ).toString();
  const full = path.replace(/\{(\w+)\}/g, (whole, name) => {
    const found = filled.find(([parameter]) => parameter.in === 'path' && parameter.name === name);
    return found ? encodeURIComponent(found[1].value) : whole;
  });
  return full + (query && `?${query}`);
}

function headersOf(given) {
  const headers = given.filter(([{ in: place }, { value }]) => place === 'header' && value !== '');
  return Object.fromEntries(headers.map(([{ name }, { value }]) => [name, value]));
}

/** Bit by bit as it comes: events may take their time. */
async function showAnswer(output, response, tookMs) {
  const status = h('b', { class: `status of-${String(response.status)[0]}xx` }, String(response.status));
  const code = h('code', {});
  show(
    output,
    h('p', {}, status, ` after ${duration(tookMs)}`),
    h('pre', { tabindex: '0', role: 'region', 'aria-label': 'Answer' }, code),
  );
  let text = '';
  for await (const bit of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += bit;
    if (text.length < LONGEST) show(code, text);
  }
  show(code, prettyOf(text).slice(0, LONGEST));
}

function prettyOf(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
