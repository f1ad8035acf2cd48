/**
 * What the connections tell: too many for the server, or transactions that wait for their application.
 *
 * Shape   Connections -> sentences
 */

import type { Connections } from '../snapshot.ts';

const CROWDED = 0.8;
const IDLING = 0.5;
const FEW = 10;

export function adviseConnections(connections: Connections | undefined): readonly string[] {
  if (!connections) return [];
  const { active, idle, idleInTransaction, allowed } = connections;
  const open = active + idle + idleInTransaction;
  const said: string[] = [];
  if (open >= CROWDED * allowed)
    said.push(
      `${open} of ${allowed} connections are open: a pooler (PgBouncer, or the provider's) lets many share few.`,
    );
  if (open >= FEW && idle >= IDLING * open)
    said.push(
      `${idle} of ${open} connections are idle: smaller pools in the application would do, active are ${active}.`,
    );
  if (idleInTransaction > 0)
    said.push(
      `${idleInTransaction} connections are idle within a transaction: they hold locks and keep vacuum from its work; idle_in_transaction_session_timeout ends them.`,
    );
  return said;
}
