/**
 * What the functions that drain the outbox find in their environment: the database and the edge's token, out of a secret that
 * is read when the stack is deployed, and how often to look.
 *
 * Shape   scope -> variables; undefined while nobody has said where the secret is: without it every run could only fail
 */

import type { Construct } from 'constructs';
import type { Variables } from '../function-environment.ts';
import { deploymentOf } from './deployed-stack.ts';
import { secretText } from './secret-text.ts';

export function outboxAccess(scope: Construct): Variables | undefined {
  const { outboxSecret, outboxPollMs, base } = deploymentOf(scope);
  if (outboxSecret === undefined) return undefined;
  return {
    DATABASE_URL: secretText(outboxSecret, 'databaseUrl'),
    EDGE_ADMIN_TOKEN: secretText(outboxSecret, 'adminToken'),
    ...(outboxPollMs !== undefined && { OUTBOX_POLL_MS: outboxPollMs }),
    ...(base && { HEADRACE_BASE: base }),
  };
}
