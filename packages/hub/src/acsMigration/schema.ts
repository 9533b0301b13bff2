import type { Migration } from '../../../journal/src/index.ts';

/** Runs, their devices, their waves and what happened. Secrets of the target are settings of the hub and never stand here. */
export const acsMigrationMigrations: readonly Migration[] = [
  {
    name: 'acs-migration-1',
    statements: [
      `CREATE TABLE acs_migration_run (
        tenant text NOT NULL, run_id text NOT NULL, status text NOT NULL CHECK (status IN ('running', 'paused', 'stopped', 'finished', 'rolledBack')), because text NOT NULL, target jsonb NOT NULL, policy jsonb NOT NULL,
        epoch integer NOT NULL DEFAULT 1, request text NOT NULL, started_at timestamptz NOT NULL, PRIMARY KEY (tenant, run_id))`,
      // Two runs at once would not know of one another's waves.
      `CREATE UNIQUE INDEX acs_migration_one ON acs_migration_run (tenant) WHERE status IN ('running', 'paused', 'stopped')`,
      `CREATE TABLE acs_migration_device (
        tenant text NOT NULL, run_id text NOT NULL, device_id text NOT NULL, serial text NOT NULL, oui text NOT NULL, product_class text NOT NULL, root text NOT NULL, olt text NOT NULL, position integer NOT NULL, wave integer,
        state jsonb NOT NULL, stage text NOT NULL, counts text NOT NULL, busy boolean NOT NULL, wake_at timestamptz, changed_at timestamptz NOT NULL, PRIMARY KEY (tenant, run_id, device_id))`,
      'CREATE INDEX acs_migration_due ON acs_migration_device (wake_at) WHERE wake_at IS NOT NULL',
      'CREATE INDEX acs_migration_olt ON acs_migration_device (tenant, run_id, olt, wave)',
      `CREATE TABLE acs_migration_wave (
        tenant text NOT NULL, run_id text NOT NULL, wave integer NOT NULL, epoch integer NOT NULL, olt text NOT NULL, step integer NOT NULL, size integer NOT NULL, started_at timestamptz NOT NULL, closed_at timestamptz, PRIMARY KEY (tenant, run_id, wave))`,
      // The database itself refuses a second wave on an OLT.
      'CREATE UNIQUE INDEX acs_migration_one_wave ON acs_migration_wave (tenant, run_id, olt) WHERE closed_at IS NULL',
      `CREATE TABLE acs_migration_event (id bigserial PRIMARY KEY, tenant text NOT NULL, run_id text NOT NULL, device_id text NOT NULL, at timestamptz NOT NULL, type text NOT NULL, because text NOT NULL)`,
      'CREATE INDEX acs_migration_history ON acs_migration_event (tenant, run_id, device_id, id)',
    ],
  },
];
