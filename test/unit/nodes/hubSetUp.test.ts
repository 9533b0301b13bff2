import { LeadlightHub } from '../../../nodes/LeadlightHub/LeadlightHub.node.ts';
import { KEY, testHub } from '../../../packages/hub/test/hub.ts';
import { startOktopus } from '../../../packages/sandbox/src/oktopus/index.ts';
import { World } from '../../../packages/sandbox/src/world.ts';
import { only } from '../support/n8n.ts';

test('Device: Set Up by Oktopus brings profile and settings, and shows no password', async () => {
  const login = { email: 'ops@example.ca', password: 'oss-password-for-tests' };
  const oss = await startOktopus(new World(), { users: { [login.email]: login.password } });
  const hub = await testHub({ oktopus: { url: oss.url, ...login } });
  const credentials = { baseUrl: hub.url, apiKey: KEY };
  const device = await oss.plug({ serial: 'XX230V0000001', oui: '1C61B4', productClass: 'XX230v', over: 'mqtt' });
  const node = new LeadlightHub();
  await only(node, { resource: 'device', operation: 'setSettings', serial: 'XX230V0000001', orderId: 'ord_t', options: { wifiSsid: 'Maison' } }, credentials);
  const done = await only(node, { resource: 'device', operation: 'setUp', serial: 'XX230V0000001' }, credentials);
  expect(done).toMatchObject({ type: 'deviceSetUp', model: 'tplink-xx230v', parameters: expect.arrayContaining([{ path: 'Device.WiFi.SSID.1.SSID', verdict: expect.stringMatching(/applied|same/) }]) });
  expect([device.tree.get('Device.WiFi.SSID.3.SSID')?.value, device.tree.get('Device.NAT.X_TP_UPnPCfg.Enable')?.value]).toEqual(['Maison', false]);
  expect(device.tree.get('Device.WiFi.AccessPoint.1.Security.KeyPassphrase')?.value).not.toBe('factory-key');
  expect(JSON.stringify(done)).not.toContain(String(device.tree.get('Device.WiFi.AccessPoint.1.Security.KeyPassphrase')?.value));
  await hub.close();
  await oss.close();
}, 60_000);
