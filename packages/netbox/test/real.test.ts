// What can be shown on any NetBox without harm: LEADLIGHT_NETBOX_URL, LEADLIGHT_NETBOX_TOKEN, and LEADLIGHT_NETBOX_PREFIX, a prefix where
// one address is taken and given back. The custom field leadlight_key must exist. Without the URL the sandbox stands in.
import { axiosSend, systemClock } from '../../http/src/send.ts';
import { SANDBOX_TOKEN, startNetbox } from '../../sandbox/src/netbox/index.ts';
import { World } from '../../sandbox/src/world.ts';
import { baseUrl, netbox, type NetBox } from '../src/index.ts';

const url = process.env['LEADLIGHT_NETBOX_URL'];
const prefix = process.env['LEADLIGHT_NETBOX_PREFIX'] ?? (url ? undefined : '100.64.16.0/22');
const withPrefix = prefix ? test : test.skip;
const key = `leadlight-contract-${process.pid}`;
let sandbox: Awaited<ReturnType<typeof startNetbox>> | undefined;
let address: string;

beforeAll(async () => {
  if (!url) sandbox = await startNetbox(new World());
  address = baseUrl(url ?? sandbox!.url);
});
afterAll(() => sandbox?.close());
const client = (token = process.env['LEADLIGHT_NETBOX_TOKEN'] ?? SANDBOX_TOKEN): NetBox => netbox(axiosSend({ baseUrl: address }), systemClock, { token });

test('[access-20] the token opens it; a wrong one is refused with a sentence', async () => {
  expect((await client().status()).version).toMatch(/^\d+\.\d+/);
  await expect(client('0'.repeat(40)).status()).rejects.toMatchObject({ kind: 'unauthorised' });
});

withPrefix('[access-23] [access-26] five at once take one address; it is changed under its ETag and given back', async () => {
  const ipam = client();
  try {
    const crowd = await Promise.all(Array.from({ length: 5 }, () => ipam.ipAddresses.allocate({ prefix: prefix!, key })));
    expect(new Set(crowd.map((one) => one.ip.id)).size).toBe(1);
    const { ip } = crowd[0]!;
    await ipam.ipAddresses.update(ip.id, { description: 'contract' });
    if (ip.etag) await expect(ipam.ipAddresses.update(ip.id, { description: 'stale' }, ip.etag)).rejects.toMatchObject({ kind: 'conflict' });
  } finally {
    await ipam.ipAddresses.release({ key });
  }
  expect(await ipam.ipAddresses.findByKey(key)).toBeNull();
});
