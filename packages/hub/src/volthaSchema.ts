import type { Migration } from '../../journal/src/index.ts';

/** What the hub remembers of the access network: light measured, and how every device stood at the last look. */
export const volthaMigrations: readonly Migration[] = [
  {
    name: 'voltha-1',
    statements: [
      `CREATE TABLE optical_sample (
        tenant text NOT NULL, serial text NOT NULL, at timestamptz NOT NULL, olt text NOT NULL, pon integer NOT NULL, rx double precision, tx double precision, olt_rx double precision,
        verdict text NOT NULL, PRIMARY KEY (tenant, serial, at))`,
      'CREATE TABLE device_seen (tenant text NOT NULL, device_id text NOT NULL, seen jsonb NOT NULL, PRIMARY KEY (tenant, device_id))',
      'CREATE TABLE device_look (tenant text PRIMARY KEY, at timestamptz NOT NULL)',
    ],
  },
];
