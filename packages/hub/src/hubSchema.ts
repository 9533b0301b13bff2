import type { Migration } from '../../journal/src/index.ts';
import { volthaMigrations } from './volthaSchema.ts';

/** The hub's own tables: order bodies (kept out of the event log, which is streamed to subscribers) and device settings with sealed secrets. */
export const hubMigrations: readonly Migration[] = [
  {
    name: 'hub-1',
    statements: [
      `CREATE TABLE product_order (tenant text NOT NULL, order_id text NOT NULL, fingerprint text NOT NULL, body jsonb NOT NULL, opened_at timestamptz NOT NULL, PRIMARY KEY (tenant, order_id))`,
      `CREATE TABLE device_setting (tenant text NOT NULL, serial text NOT NULL, order_id text NOT NULL, settings jsonb NOT NULL, secrets text NOT NULL, changed_at timestamptz NOT NULL, PRIMARY KEY (tenant, serial))`,
    ],
  },
  ...volthaMigrations,
];
