/**
 * Tells queues of each object that is written to their bucket, or deleted from it, as EventBridge would.
 *
 * Shape   S3's answer -> the same, which also sends messages
 * Errors  what cannot be sent is logged; S3's answer is what it was
 * Cost    the path of each request that S3 has carried out; nothing where no queue is fed
 * Source  S3 User Guide, "EventBridge event message structure"
 */

import type { Topology } from '../../check-topology.ts';
import type { Answer, WireReply, WireRequest } from '../loopback.ts';

export interface BucketEventsDeps {
  readonly queues: Topology['queues'];
  readonly send: (queue: string, body: string) => Promise<void>;
  readonly log: (line: string) => void;
}

export function withEvents(s3: Answer, { queues, send, log }: BucketEventsDeps): Answer {
  const fed = Object.entries(queues).filter(([, { fedBy }]) => fedBy);
  if (fed.length === 0) return s3;
  async function tell(change: Change): Promise<void> {
    const told = fed.filter(([, { fedBy }]) => fedBy === change.bucket);
    await Promise.all(told.map(([queue]) => send(queue, JSON.stringify(formatEvent(change)))));
  }

  return async request => {
    const reply = await s3(request);
    const changes = changesOf(request, reply);
    await Promise.all(changes.map(tell)).catch(error => log(`A change was not told: ${error}`));
    return reply;
  };
}

interface Change {
  readonly bucket: string;
  readonly key: string;
  readonly kind: 'Object Created' | 'Object Deleted';
}

/** Uploads in parts create the object when they are completed, by POST; so are many deleted at once. */
function changesOf({ method, url, body }: WireRequest, { status }: WireReply): readonly Change[] {
  const { pathname, searchParams } = new URL(url, 'http://s3.local');
  const [, bucket = '', ...rest] = pathname.split('/');
  const key = decodeURIComponent(rest.join('/'));
  const own = (kind: Change['kind']) => (key === '' ? [] : [{ bucket, key, kind }]);
  if (status >= 300) return [];
  if (method === 'POST' && searchParams.has('delete'))
    return keysIn(body).map(key => ({ bucket, key, kind: DELETED }));
  if (method === 'POST' && searchParams.has('uploadId')) return own(CREATED);
  if (method === 'PUT' && !searchParams.has('partNumber')) return own(CREATED);
  return method === 'DELETE' && !searchParams.has('uploadId') ? own(DELETED) : [];
}

const CREATED = 'Object Created';
const DELETED = 'Object Deleted';

function keysIn(body: Uint8Array): string[] {
  const found = new TextDecoder().decode(body).matchAll(/<Key>([^<]*)<\/Key>/g);
  return [...found].map(([, key = '']) =>
    key.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: keyof typeof ENTITIES) => ENTITIES[name]),
  );
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" } as const;

function formatEvent({ bucket: name, key, kind }: Change) {
  return {
    version: '0',
    source: 'aws.s3',
    'detail-type': kind,
    detail: { bucket: { name }, object: { key } },
  };
}
