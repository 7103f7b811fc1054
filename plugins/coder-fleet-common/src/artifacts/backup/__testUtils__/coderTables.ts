/**
 * Tables as Coder has them, as far as a backup looks at them, with rows. `megabytes` is about the size of
 * the states of workspaces, which is what makes a real database of Coder large.
 */
export function coderTables(megabytes: number): string {
  return `
    CREATE TABLE schema_migrations (version bigint NOT NULL PRIMARY KEY, dirty boolean NOT NULL);
    INSERT INTO schema_migrations VALUES (412, false);
    CREATE TABLE organizations (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL);
    INSERT INTO organizations (name) VALUES ('coder'), ('research');
    CREATE TYPE user_status AS ENUM ('active', 'dormant', 'suspended');
    CREATE TABLE users (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email text NOT NULL UNIQUE,
      status user_status NOT NULL DEFAULT 'active', hashed_password bytea NOT NULL);
    INSERT INTO users (email, hashed_password)
      SELECT 'user' || n || '@example.com', sha256(n::text::bytea) FROM generate_series(1, 500) n;
    CREATE TABLE templates (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL);
    INSERT INTO templates (name) SELECT 'template-' || n FROM generate_series(1, 20) n;
    CREATE TABLE workspaces (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(), owner_id uuid NOT NULL REFERENCES users (id), name text);
    INSERT INTO workspaces (owner_id, name) SELECT id, 'dev' FROM users;
    CREATE TABLE workspace_builds (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(), workspace_id uuid NOT NULL REFERENCES workspaces (id),
      provisioner_state bytea);
    INSERT INTO workspace_builds (workspace_id, provisioner_state)
      SELECT w.id, (
        SELECT string_agg(sha256((w.id::text || n)::bytea), ''::bytea)
        FROM generate_series(1, 64 * ${megabytes}) n)
      FROM workspaces w;
    CREATE TABLE dbcrypt_keys (number int PRIMARY KEY, active_key_digest text);
  `;
}
