import { describe, expect, it } from 'vitest';
import { outboxAccess } from '../../../infra/constructs/outbox-access.ts';
import { createStack } from '../drawing.ts';

const accessWith = (changed: Parameters<typeof createStack>[0]) => {
  const stack = createStack(changed);
  return stack.resolve(outboxAccess(stack));
};

describe('outboxAccess', () => {
  it('names the fields of the secret and holds none of them', () => {
    expect(accessWith({ outboxSecret: 'shop/outbox' })).toEqual({
      DATABASE_URL: '{{resolve:secretsmanager:shop/outbox:SecretString:databaseUrl::}}',
      EDGE_ADMIN_TOKEN: '{{resolve:secretsmanager:shop/outbox:SecretString:adminToken::}}',
    });
  });

  it('says how often to look, and below which prefix the edge answers', () => {
    expect(accessWith({ outboxSecret: 's', outboxPollMs: '0', base: '/headrace' })).toMatchObject({
      OUTBOX_POLL_MS: '0',
      HEADRACE_BASE: '/headrace',
    });
  });

  it('is not there without the secret', () => expect(accessWith({})).toBeUndefined());
});
