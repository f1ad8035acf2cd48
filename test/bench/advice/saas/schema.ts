/**
 * Software that many companies rent: every table belongs to a tenant, rows are marked as deleted, attributes are jsonb, tags
 * an array, texts are searched; primary and foreign keys and no other index.
 */

export const SAAS_SCHEMA: readonly string[] = [
  `CREATE TABLE tenants (id integer PRIMARY KEY, name text NOT NULL, plan text NOT NULL, created_at timestamptz NOT NULL)`,
  `CREATE TABLE users (id integer PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenants, email text NOT NULL,
    name text NOT NULL, last_seen_at timestamptz, deleted_at timestamptz)`,
  `CREATE TABLE projects (id integer PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenants,
    owner_id integer NOT NULL REFERENCES users, name text NOT NULL, archived boolean NOT NULL, created_at timestamptz NOT NULL)`,
  `CREATE TABLE tasks (id integer PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenants,
    project_id integer NOT NULL REFERENCES projects ON DELETE CASCADE, assignee_id integer REFERENCES users,
    status text NOT NULL, priority smallint NOT NULL, title text NOT NULL, body text NOT NULL, tags text[] NOT NULL,
    attributes jsonb NOT NULL, due_on date, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
    deleted_at timestamptz)`,
  `CREATE TABLE comments (id integer PRIMARY KEY, task_id integer NOT NULL REFERENCES tasks ON DELETE CASCADE,
    author_id integer NOT NULL REFERENCES users, body text NOT NULL, created_at timestamptz NOT NULL)`,
  `CREATE TABLE events (id bigint PRIMARY KEY, tenant_id integer NOT NULL, kind text NOT NULL, actor_id integer,
    subject_id integer, payload jsonb NOT NULL, happened_at timestamptz NOT NULL)`,
  `CREATE TABLE deliveries (id integer PRIMARY KEY, tenant_id integer NOT NULL, url text NOT NULL, state text NOT NULL,
    attempts smallint NOT NULL, next_attempt_at timestamptz NOT NULL)`,
  `CREATE TABLE sessions (id integer PRIMARY KEY, user_id integer NOT NULL REFERENCES users ON DELETE CASCADE,
    token_hash text NOT NULL, expires_at timestamptz NOT NULL)`,
  `CREATE TABLE invoices (id integer PRIMARY KEY, tenant_id integer NOT NULL REFERENCES tenants, number text NOT NULL,
    state text NOT NULL, cents integer NOT NULL, issued_on date NOT NULL, paid_on date)`,
];
