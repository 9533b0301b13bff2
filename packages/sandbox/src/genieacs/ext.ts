import type { DeviceEvent } from '../../../hub/src/api.ts';
import type { Extension } from './script.ts';

/** Where the extension on the ACS host finds the hub. */
export interface ExtOptions {
  readonly url: string;
  readonly token: string;
}

// GenieACS allows 3 s; here a busy test machine must not look like a hub that is away.
const EXT_TIMEOUT_MS = 10_000;

/**
 * What packages/genieacs/acs/ext/leadlight.js does on the ACS host. `notify` never fails (a lost event must not block a device);
 * `settings` does, since a device without its settings is a fault someone should see.
 */
export function hubExtension(options?: ExtOptions): Extension {
  return async (file, name, args) => {
    if (file !== 'leadlight' || !options) throw Object.assign(new Error(`Cannot find module '${file}'`), { name: 'Error' });
    const headers = { authorization: `Bearer ${options.token}`, 'content-type': 'application/json' };
    const base = options.url.replace(/\/+$/, '');
    if (name === 'notify') {
      const [event = '', text = '{}'] = args;
      const who = JSON.parse(text) as Omit<DeviceEvent, 'event'>;
      const body: DeviceEvent = { ...who, event };
      try {
        const reply = await fetch(`${base}/v1/device-events`, { method: 'POST', headers, body: JSON.stringify(body), signal: AbortSignal.timeout(EXT_TIMEOUT_MS) });
        return { delivered: reply.ok };
      } catch {
        return { delivered: false };
      }
    }
    if (name === 'settings') {
      const reply = await fetch(`${base}/v1/devices/${encodeURIComponent(args[0] ?? '')}/provision`, { headers, signal: AbortSignal.timeout(EXT_TIMEOUT_MS) });
      if (!reply.ok) throw Object.assign(new Error(`The hub answered ${reply.status}`), { name: 'HubError' });
      return reply.json();
    }
    throw Object.assign(new Error(`Function ${name} not found`), { name: 'Error' });
  };
}
