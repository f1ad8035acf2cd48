/**
 * What such an application asks thousands of times: normalised as pg_stat_statements keeps it, with calls as they were
 * counted, and its writes.
 */

import type { Statement } from '../../../../shared/query-optimizer/snapshot.ts';
import { normalized } from '../workload.ts';

/** Calls a statement. */
const ASKED: readonly (readonly [number, string])[] = [
  [90_000, `SELECT s.user_id, s.expires_at FROM sessions s WHERE s.token_hash = $1 AND s.expires_at > $2`],
  [60_000, `SELECT * FROM users WHERE lower(email) = lower($1) AND deleted_at IS NULL`],
  [50_000, `SELECT * FROM tasks WHERE id = $1`],
  [
    40_000,
    `SELECT id, title, status, priority, due_on FROM tasks
     WHERE tenant_id = $1 AND project_id = $2 AND deleted_at IS NULL ORDER BY created_at DESC LIMIT 50`,
  ],
  [
    30_000,
    `SELECT id, title, due_on FROM tasks WHERE assignee_id = $1 AND status <> 'done' AND deleted_at IS NULL
     ORDER BY due_on NULLS LAST LIMIT 50`,
  ],
  [25_000, `SELECT * FROM comments WHERE task_id = $1 ORDER BY created_at`],
  [20_000, `SELECT id, name FROM projects WHERE tenant_id = $1 AND NOT archived ORDER BY name`],
  [
    15_000,
    `SELECT id, url, attempts FROM deliveries WHERE state = 'pending' AND next_attempt_at <= $1
     ORDER BY next_attempt_at LIMIT 100`,
  ],
  [
    8_000,
    `SELECT kind, subject_id, happened_at FROM events WHERE tenant_id = $1 ORDER BY happened_at DESC LIMIT 50`,
  ],
  [3_000, `SELECT id, title FROM tasks WHERE tenant_id = $1 AND tags @> $2 AND deleted_at IS NULL LIMIT 50`],
  [2_500, `SELECT id, title FROM tasks WHERE attributes @> $1 AND deleted_at IS NULL`],
  [2_000, `SELECT id, title FROM tasks WHERE attributes ->> 'customer' = $1`],
  [
    1_500,
    `SELECT id, title FROM tasks WHERE to_tsvector('english', title || ' ' || body) @@ plainto_tsquery('english', $1)
     AND tenant_id = $2 LIMIT 20`,
  ],
  [1_000, `SELECT status, count(*) FROM tasks WHERE tenant_id = $1 AND deleted_at IS NULL GROUP BY status`],
  [800, `SELECT count(*) FROM users WHERE tenant_id = $1 AND deleted_at IS NULL`],
  [600, `SELECT * FROM invoices WHERE tenant_id = $1 ORDER BY issued_on DESC LIMIT 12`],
  [500, `SELECT id, number, cents FROM invoices WHERE state = 'open' AND issued_on < $1`],
  [
    300,
    `SELECT u.name, count(*) FROM tasks t JOIN users u ON u.id = t.assignee_id
     WHERE t.tenant_id = $1 AND t.status = 'done' AND t.updated_at > $2 GROUP BY u.id, u.name ORDER BY count(*) DESC LIMIT 10`,
  ],
  [200, `SELECT count(*) FROM events WHERE happened_at >= $1 AND happened_at < $2`],
  [
    100,
    `SELECT date_trunc('day', happened_at), kind, count(*) FROM events
     WHERE tenant_id = $1 AND happened_at > $2 GROUP BY 1, 2`,
  ],
  [50, `SELECT id, email FROM users WHERE email LIKE 'furious%'`],
  [20, `SELECT p.plan, count(*) FROM tenants p JOIN users u ON u.tenant_id = p.id GROUP BY p.plan`],
  [
    40_000,
    `INSERT INTO events (id, tenant_id, kind, actor_id, subject_id, payload, happened_at) VALUES ($1, $2, $3, $4, $5, $6, now())`,
  ],
  [12_000, `UPDATE tasks SET status = $2, updated_at = now() WHERE id = $1`],
  [20_000, `UPDATE users SET last_seen_at = now() WHERE id = $1`],
  [9_000, `UPDATE deliveries SET state = $2, attempts = attempts + 1 WHERE id = $1`],
  [5_000, `INSERT INTO comments (id, task_id, author_id, body, created_at) VALUES ($1, $2, $3, $4, now())`],
  [2_000, `DELETE FROM sessions WHERE expires_at < $1`],
  [300, `DELETE FROM sessions WHERE user_id = $1`],
  [50, `DELETE FROM projects WHERE id = $1`],
];

export function saasStatements(): readonly Statement[] {
  return ASKED.map(([calls, sql], at) => normalized(`${at + 1}`, sql, calls));
}
