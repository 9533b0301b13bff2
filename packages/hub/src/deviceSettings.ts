import type { Instant } from '../../../core/src/index.ts';
import type { Queryable } from '../../journal/src/index.ts';
import type { DeviceSettings } from './api.ts';
import type { Vault } from './vault.ts';

const TENANT = 'main';
export interface DeviceSecrets { readonly wifi?: string; readonly voip?: string }
export interface KeptSettings {
  /** Upper case. */
  readonly serial: string;
  readonly orderId: string;
  readonly settings: DeviceSettings;
  /** Opens the seal. */
  readonly secrets: () => DeviceSecrets;
}

/**
 * What orders want on devices, one row each, secrets sealed to their device (S1-135).
 * @example const [kept] = await deviceSettings(vault).find(db, ['RCMG19E01234']); kept?.secrets().wifi
 */
export function deviceSettings(vault: Vault) {
  const place = (serial: string): string => `device:${serial}`;
  return {
    async find(on: Queryable, serials: readonly string[]): Promise<readonly KeptSettings[]> {
      const { rows } = await on.query<{ readonly serial: string; readonly order_id: string; readonly settings: DeviceSettings; readonly secrets: string }>('SELECT serial, order_id, settings, secrets FROM device_setting WHERE tenant = $1 AND serial = ANY($2::text[])', [TENANT, serials]);
      return rows.map(({ serial, order_id: orderId, settings, secrets }) => ({ serial, orderId, settings, secrets: () => JSON.parse(vault.open(secrets, place(serial))) as DeviceSecrets }));
    },
    /** In this transaction nobody else writes these devices. One order of locks, so that two at once wait for each other instead of dying. */
    lock: async (on: Queryable, serials: readonly string[]): Promise<unknown> => on.query('SELECT pg_advisory_xact_lock(7071004, hashtext(s)) FROM (SELECT s FROM unnest($1::text[]) s ORDER BY s) sorted', [serials]),
    put: async (on: Queryable, serial: string, settings: DeviceSettings, secrets: DeviceSecrets, at: Instant): Promise<unknown> =>
      on.query(
        `INSERT INTO device_setting (tenant, serial, order_id, settings, secrets, changed_at) VALUES ($1, $2, $3, $4::jsonb, $5, $6::timestamptz)
         ON CONFLICT (tenant, serial) DO UPDATE SET order_id = excluded.order_id, settings = excluded.settings, secrets = excluded.secrets, changed_at = excluded.changed_at`,
        [TENANT, serial, settings.orderId, JSON.stringify(settings), vault.seal(JSON.stringify(secrets), place(serial)), at],
      ),
  };
}
