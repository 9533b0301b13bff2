import { isVendorError } from '../../../../core/src/index.ts';
import { reasonOf, type Oktopus } from '../../../oktopus/src/index.ts';
import type { NewAcs } from './ports.ts';

/** The device does not answer now, or the ACS is busy with another: neither says anything about the device. */
const later = (error: unknown): boolean => isVendorError(error) && (error.kind === 'deviceSilent' || error.kind === 'timedOut' || reasonOf(error) === 'busy');

/** Oktopus as the ACS that devices go to. It knows a device by its serial alone. @example const next = newOktopus(oktopus(send, clock, login)); */
export function newOktopus(oss: Oktopus): NewAcs {
  return {
    async presence() {
      const { devices } = await oss.devices.list();
      return new Map(devices.map(({ serial, transports }) => [serial, transports.cwmp === 'online' ? ('online' as const) : ('offline' as const)]));
    },

    async seen(serial) {
      try {
        return (await oss.devices.get(serial)).transports.cwmp === 'online' ? 'online' : 'offline';
      } catch (error) {
        if (isVendorError(error) && error.kind === 'notFound') return 'absent';
        throw error;
      }
    },

    async management({ serial, root }) {
      const at = (name: string) => `${root}.${name}`;
      const [url, interval, user, sn, oui] = ['ManagementServer.URL', 'ManagementServer.PeriodicInformInterval', 'ManagementServer.ConnectionRequestUsername', 'DeviceInfo.SerialNumber', 'DeviceInfo.ManufacturerOUI'].map(at) as [string, string, string, string, string];
      try {
        const { values } = await oss.cwmp.getParameterValues(serial, [url, interval, user, sn, oui]);
        const text = (path: string): string => values[path] ?? '';
        return { url: text(url), intervalSeconds: text(interval) === '' ? null : Number(text(interval)), connectionRequestUsername: text(user), serial: text(sn), oui: text(oui) };
      } catch (error) {
        if (later(error)) return null;
        throw error;
      }
    },

    async switchBack({ serial, root }, url) {
      try {
        const { outcome } = await oss.cwmp.setParameterValues(serial, [{ path: `${root}.ManagementServer.URL`, value: url, type: 'string' }]);
        if (outcome === 'notApplied') return { outcome: 'refused', problem: { code: 'notApplied', message: 'The device took the old URL and still has the new one.', hint: 'Reset the device to its factory state, or use DHCP option 43.' } };
        return { outcome: outcome === 'applied' ? 'applied' : 'unknown' };
      } catch (error) {
        if (isVendorError(error) && error.outcome === 'notApplied' && (error.kind === 'rejectedInput' || reasonOf(error) === 'cwmpFault')) return { outcome: 'refused', problem: { code: reasonOf(error) ?? error.kind, message: error.message, hint: error.hint } };
        throw error;
      }
    },
  };
}
