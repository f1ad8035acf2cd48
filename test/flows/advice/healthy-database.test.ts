/** Flow: a database whose statements all have their index -> no proposal, whatever the planner could still save. */

import { expect, it } from 'vitest';
import { withHost } from '../../bench/advice/host.ts';
import { saas } from '../../bench/advice/saas/workload.ts';
import type { BenchWorkload } from '../../bench/advice/workload.ts';
import { advised } from './advised.ts';

/** What somebody who knows his application has made, who looks for users by mail and for tasks by project. */
const INDEXES = [
  'CREATE INDEX ON sessions (token_hash)',
  'CREATE INDEX ON sessions (user_id)',
  'CREATE INDEX ON sessions (expires_at)',
  'CREATE INDEX ON users (lower(email))',
  'CREATE INDEX ON users (email text_pattern_ops)',
  'CREATE INDEX ON users (tenant_id)',
  'CREATE INDEX ON tasks (tenant_id, project_id, created_at DESC) WHERE deleted_at IS NULL',
  'CREATE INDEX ON tasks (tenant_id)',
  'CREATE INDEX ON tasks (tenant_id, status) WHERE deleted_at IS NULL',
  `CREATE INDEX ON tasks (tenant_id, updated_at) WHERE status = 'done'`,
  'CREATE INDEX ON tasks (project_id)',
  'CREATE INDEX ON tasks (assignee_id, due_on) WHERE deleted_at IS NULL',
  'CREATE INDEX ON tasks USING gin (tags)',
  'CREATE INDEX ON tasks USING gin (attributes)',
  `CREATE INDEX ON tasks ((attributes ->> 'customer'))`,
  `CREATE INDEX ON tasks USING gin (to_tsvector('english', title || ' ' || body))`,
  'CREATE INDEX ON comments (task_id, created_at)',
  'CREATE INDEX ON projects (tenant_id)',
  'CREATE INDEX ON projects (owner_id)',
  `CREATE INDEX ON deliveries (next_attempt_at) WHERE state = 'pending'`,
  'CREATE INDEX ON events (tenant_id, happened_at)',
  'CREATE INDEX ON events (happened_at)',
  'CREATE INDEX ON invoices (tenant_id, issued_on)',
  `CREATE INDEX ON invoices (issued_on) WHERE state = 'open'`,
];

const healthy: BenchWorkload = {
  ...saas,
  async load(place) {
    await saas.load(place);
    for (const sql of INDEXES) await place.client.query(sql);
    await place.client.query('ANALYZE');
  },
};

it('gets no proposal', async () => {
  await withHost(async host => {
    const opened = await host.open(healthy, { scale: 0.006, seed: 3 });
    const { report } = await advised(opened, 'real');
    expect(report.proposals.map(({ definition }) => definition)).toEqual([]);
    expect(report.summary.understood).toBe(opened.snapshot.workload.length);
    expect(report.redundant).toEqual([]);
  });
});
