// The day of the installation: the technician scans labels and plugs the fibre; the devices call in and take their settings.
import { readScan, type DropFacts, type ProductOrder } from '@leadlight/core';
import { deviceSettings } from '@leadlight/genieacs';
import { accepted } from './accepted.ts';
import type { Clients } from './clients.ts';
import type { Journal } from './journal.ts';

export interface Serials { readonly ont: string; readonly deco: string; readonly stb: string }

export async function onSite(order: ProductOrder, drop: DropFacts, clients: Clients, journal: Journal, say: (what: string, readBack: string) => void): Promise<Serials> {
  const { orderId } = order;
  const run = await journal.once<string>('run', () => orderId);
  const six = run.slice(-6).toUpperCase();
  const labels = { ont: `s/n: rcmg19${six}`, deco: `40:3F:8C:${six.replace(/..(?=.)/g, '$&:')}`, stb: `001A79${six}` };
  const serials = { ont: await scan(labels.ont), deco: await scan(labels.deco), stb: await scan(labels.stb) };
  say('scanned', Object.values(serials).join(', '));

  const sip = 'sip.gigafibre.example';
  await clients.hub.devices.settings(serials.ont, { orderId, voip: { username: orderId.toLowerCase(), domain: sip, registrar: sip } });
  await clients.hub.devices.settings(serials.deco, { orderId, wifi: { ssid: `Gigafibre-${serials.deco.slice(-4)}` } });
  await journal.once('plugged', async () => {
    const hand = (path: string, body: object) => clients.world({ method: 'POST', path, body });
    await hand('/ont', { serial: serials.ont, oltIp: drop.oltIp, ponPort: drop.port, productClass: 'HT803G-W', oui: '000E5E', rxPowerDbm: -19.4 });
    await hand('/cpe', { serial: serials.deco, oui: '403F8C', productClass: 'Device2', event: '0 BOOTSTRAP', ip: '192.168.88.20' });
    return true;
  });
  for (const serial of [serials.ont, serials.deco]) say('bootstrapped', await bootstrap(serial));
  return serials;

  /** Writes a label to the first equipment of its kind that has none; a label scanned before stays where it is. */
  async function scan(label: string): Promise<string> {
    const { kind, serialNumber, macAddress, vendor } = accepted(readScan(label));
    const equipment = await clients.erp.documents.list('Service Equipment', { filters: [['leadlight_id', 'like', `${orderId}:eq:${kind}%`]], fields: ['name', 'serial_number'], orderBy: 'leadlight_id asc' });
    if (equipment.some((one) => one['serial_number'] === serialNumber)) return serialNumber;
    const place = equipment.find((one) => !one['serial_number']);
    if (!place) throw new Error(`The order has no place for ${serialNumber}.`);
    await clients.erp.documents.update('Service Equipment', String(place['name']), { serial_number: serialNumber, mac_address: macAddress ?? null, manufacturer: vendor, status: 'Assigned' });
    return serialNumber;
  }

  /** Waits for the ACS to tell of the device, then lets it fetch its settings: secrets go from the hub to the ACS, never through here. */
  async function bootstrap(serial: string): Promise<string> {
    const seen = async () => (await clients.hub.events.list({ types: 'device.bootstrap', stream: `device-${serial}`, limit: 1 }))[0]?.data;
    let device = await seen();
    for (let look = 0; !device && look < 100; look += 1) {
      await clients.clock.sleep(200);
      device = await seen();
    }
    if (!device) throw new Error(`${serial} did not call in.`);
    const deviceId = String(device['deviceId']);
    const [equipment] = await clients.erp.documents.list('Service Equipment', { filters: [['serial_number', '=', serial]] });
    await clients.erp.documents.updateWithRetry('Service Equipment', String(equipment!['name']), (now) => (now['status'] === 'Assigned' ? { status: 'Connected', acs_device_id: deviceId, ip_address: device['ip'] ?? null } : null));
    const task = await clients.acs.tasks.runProvisions(deviceId, [deviceSettings], { uniqueKey: `${serial}-settings` });
    if (task.type !== 'executed') throw new Error(`${serial} did not take its settings: ${task.because}`);
    await clients.hub.devices.activated(serial, { orderId });
    return `${deviceId}: settings taken`;
  }
}
