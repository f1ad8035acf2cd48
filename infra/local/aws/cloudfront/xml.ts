/**
 * CloudFront's XML, as far as invalidations go.
 *
 * Shape   body -> batch; invalidation -> body; refusal -> body
 * Errors  CloudFrontRefused MalformedXML
 * Source  CloudFront API Reference, 2020-05-31
 */

import type { WireReply } from '../../loopback.ts';
import { type Batch, CloudFrontRefused, type Invalidation } from './invalidations.ts';

const NAMESPACE = 'http://cloudfront.amazonaws.com/doc/2020-05-31/';

export function parseBatch(body: string): Batch {
  const [, reference] = /<CallerReference>([^<]*)<\/CallerReference>/.exec(body) ?? [];
  const [, quantity] = /<Quantity>(\d+)<\/Quantity>/.exec(body) ?? [];
  if (!body.includes('<InvalidationBatch') || quantity === undefined)
    throw new CloudFrontRefused('MalformedXML', 'The XML you provided was not well-formed.');
  const items = [...body.matchAll(/<Path>([^<]*)<\/Path>/g)].map(([, item = '']) => unescaped(item));
  return { reference: unescaped(reference ?? ''), quantity: Number(quantity), items };
}

export function invalidationReply(
  status: number,
  { id, items, reference, createdAt }: Invalidation,
  isCompleted: boolean,
): WireReply {
  const paths = items.map(item => `<Path>${escaped(item)}</Path>`).join('');
  const batch = `<InvalidationBatch><Paths><Quantity>${items.length}</Quantity><Items>${paths}</Items></Paths><CallerReference>${escaped(reference)}</CallerReference></InvalidationBatch>`;
  const stand = `<Id>${id}</Id><Status>${isCompleted ? 'Completed' : 'InProgress'}</Status><CreateTime>${new Date(createdAt).toISOString()}</CreateTime>`;
  return xml(status, `<Invalidation xmlns="${NAMESPACE}">${stand}${batch}</Invalidation>`);
}

export function cloudFrontError({
  status,
  code,
  message,
}: {
  status: number;
  code: string;
  message: string;
}): WireReply {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
  return xml(
    status,
    `<ErrorResponse xmlns="${NAMESPACE}">${error}<RequestId>local</RequestId></ErrorResponse>`,
  );
}

function xml(status: number, content: string): WireReply {
  return { status, headers: { 'content-type': 'text/xml' }, body: `<?xml version="1.0"?>\n${content}` };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const isHex = name.startsWith('#x');
    return String.fromCodePoint(Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10));
  });
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
}
