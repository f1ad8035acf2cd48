/** The reference of the API, laid out from its own OpenAPI document. */

import { ask } from './api.js';
import { byId, h, show } from './dom.js';
import { resolve, schemaTable, typeOf } from './schema.js';
import { startTheme } from './theme.js';
import { startToken } from './token.js';
import { tryForm } from './try.js';

byId('host').append(location.host);
startTheme(byId('theme'));
startToken(() => {}, { isNeeded: false });

try {
  const api = await ask('GET', '/api/openapi.json');
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      ...operation,
    })),
  );
  const groups = Map.groupBy(operations, ({ tags }) => tags[0]);
  show(byId('contents'), ...[...groups].map(contentsOf));
  show(
    byId('main'),
    h('p', { class: 'lead' }, api.info.description),
    ...[...groups].map(group => sectionOf(group, api)),
  );
  // The page was empty when the browser looked for the place.
  document.getElementById(location.hash.slice(1))?.scrollIntoView();
} catch (error) {
  show(byId('notice'), error.message).hidden = false;
}

function contentsOf([name, operations]) {
  const links = operations.map(({ operationId, method, path }) =>
    h('li', {}, h('a', { href: `#${operationId}` }, badge(method), h('code', {}, shortOf(path)))),
  );
  return h('div', {}, h('h2', {}, name), h('ul', {}, ...links));
}

function shortOf(path) {
  return path.replace(/^\/api\/(admin|performance)/, '');
}

function sectionOf([name, operations], api) {
  return h(
    'section',
    {},
    h('h2', { class: 'group' }, name),
    ...operations.map(operation => cardOf(operation, api)),
  );
}

function cardOf(operation, api) {
  const {
    operationId,
    method,
    path,
    summary,
    description,
    security,
    parameters = [],
    requestBody,
  } = operation;
  const body = requestBody && resolve(Object.values(requestBody.content)[0].schema, api);
  return h(
    'article',
    { class: 'card', id: operationId },
    h('h3', {}, badge(method), h('code', {}, path)),
    h('p', {}, `${summary}.`, description && ` ${description}`),
    security.length > 0 && h('p', { class: 'lock' }, 'Needs the admin token.'),
    parameters.length > 0 && part('Parameters', rowsOf(parameters)),
    body &&
      part('Body', body.description && h('p', { class: 'quiet' }, body.description), schemaTable(body, api)),
    part(
      'Answers',
      ...Object.entries(operation.responses).map(([status, answer]) => answerOf(status, answer, api)),
    ),
    tryForm(operation, body, api),
  );
}

function part(name, ...children) {
  return h('div', { class: 'part' }, h('h4', {}, name), ...children);
}

function rowsOf(parameters) {
  const rows = parameters.map(({ name, in: place, required, schema, description }) =>
    h(
      'li',
      {},
      h('code', {}, name),
      h('i', {}, `${typeOf(schema)}, in the ${place}${required ? '' : ', optional'}`),
      description && h('span', {}, description),
    ),
  );
  return h('ul', { class: 'members' }, ...rows);
}

function answerOf(status, { description, content = {} }, api) {
  const [[type, { schema }] = ['', {}]] = Object.entries(content);
  const isProblem = type === 'application/problem+json';
  const says = h(
    'summary',
    {},
    h('b', { class: `status of-${status[0]}xx` }, status),
    ...wordsOf(description),
  );
  if (isProblem || !schema) return h('div', { class: 'answer' }, ...says.childNodes);
  return h(
    'details',
    { class: 'answer' },
    says,
    type !== 'application/json' && h('p', { class: 'quiet' }, type),
    schemaTable(resolve(schema, api), api),
  );
}

/** Codes stand in backquotes, one problem a paragraph. */
function wordsOf(text) {
  const lines = text
    .split('\n\n')
    .map(line =>
      h('span', {}, ...line.split('`').map((words, at) => (at % 2 ? h('code', {}, words) : words))),
    );
  return [h('span', { class: 'lines' }, ...lines)];
}

function badge(method) {
  return h('b', { class: `method is-${method.toLowerCase()}` }, method);
}
