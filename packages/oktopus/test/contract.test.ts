// The numbers are those of the ACS reference, section 6. Login, list and the errors of the REST; USP and CWMP have files of their own.
import type { Send } from '../../../core/src/index.ts';
import { bench, both, CWMP, failure, faults, LOGIN, needs, USP, withDevice, type Bench } from './harness.ts';

let b: Bench;
beforeEach(async () => { b = await bench(); });
afterEach(() => b.close());
const routes = (): string[] => b.sent.map(({ method, path }) => `${method} ${path}`);
const controllable = needs('a server and devices that misbehave on demand');

describe('login', () => {
  both('[acs-34] it logs in by PUT, once, and sends the token raw', async () => {
    await b.client.status();
    await b.client.status();
    expect(routes().filter((route) => route === 'PUT /api/auth/login')).toHaveLength(1);
    const header = b.sent.find(({ path }) => path === '/api/info/status')!.headers!['authorization']!;
    expect(header).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(b.sent[0]).toMatchObject({ method: 'PUT', path: '/api/auth/login', body: b.login });
    expect(await b.send({ method: 'GET', path: '/api/info/status', headers: { authorization: `Bearer ${header}` } })).toMatchObject({ status: 401 });
  });

  both('[acs-34] many calls at once log in once', async () => {
    await Promise.all([b.client.status(), b.client.status(), b.client.status()]);
    expect(routes().filter((route) => route === 'PUT /api/auth/login')).toHaveLength(1);
  });

  both('[acs-34] a 401 brings one new login and one replay', async () => {
    const spoiled: Bench = await bench((send: Send) => {
      let spoil = true;
      return (request) => {
        if (spoil && request.path === '/api/info/status') { spoil = false; return send({ ...request, headers: { authorization: 'spoiled' } }); }
        return send(request);
      };
    });
    await spoiled.client.status();
    expect(spoiled.sent.map(({ path }) => path)).toEqual(['/api/auth/login', '/api/info/status', '/api/auth/login', '/api/info/status']);
    await spoiled.close();
  });

  both('[acs-34] when the new token is refused too, that is the end', async () => {
    const plan = faults();
    const refused = b.another(undefined, plan.wrap);
    plan.plan({ fits: /info\/status/, kind: 'status', status: 401, times: 99 });
    expect(await failure(refused.status())).toMatchObject({ kind: 'unauthorised', outcome: 'notApplied' });
    expect(routes().filter((route) => route === 'PUT /api/auth/login')).toHaveLength(2);
  });

  both('[acs-34] a wrong password is tried once, also by later calls, and is told by nobody', async () => {
    const wrong = b.another({ ...b.login, password: 'leadlight-wrong' });
    for (let i = 0; i < 3; i += 1) {
      const error = await failure(wrong.status());
      expect(error).toMatchObject({ kind: 'unauthorised', status: 401, outcome: 'notApplied' });
      expect(JSON.stringify(error)).not.toMatch(/leadlight-wrong/);
    }
    expect(routes()).toEqual(['PUT /api/auth/login']);
  });

  controllable('[acs-34] a token that ran out while nobody looked is replaced before it is refused', async () => {
    await b.client.status();
    b.world.clock.advance(23.5 * 3_600_000);
    await b.client.status();
    expect(b.oss.state.logins).toBe(2);
    b.oss.state.jwtKey = 'changed';
    await b.client.status();
    expect(b.oss.state.logins).toBe(3);
  });
});

describe('the list of devices', () => {
  const plugMany = async (count: number): Promise<void> => {
    for (let n = 2; n < count; n += 1) await b.oss.plug({ serial: `S${String(n).padStart(5, '0')}`, oui: '00AA', productClass: 'XX230v', over: n % 2 ? 'mqtt' : 'ws' });
  };

  both('[acs-35] every device once, as many as Oktopus says', async () => {
    const { devices, total, complete } = await b.client.devices.list();
    expect(new Set(devices.map(({ serial }) => serial)).size).toBe(devices.length);
    expect({ complete, count: devices.length }).toEqual({ complete: true, count: total });
  });

  controllable('[acs-35] 143 devices over pages that overlap by one, and a page count that is too low', async () => {
    await plugMany(143);
    const { devices, total, complete } = await b.client.devices.list();
    expect({ unique: new Set(devices.map(({ serial }) => serial)).size, total, complete }).toEqual({ unique: 143, total: 143, complete: true });
    expect(b.sent.filter(({ path }) => path === '/api/device')).toHaveLength(3);
    expect((await b.client.devices.list({ limit: 60 })).devices).toHaveLength(60);
  });

  controllable('[acs-35] pages of one would stand still: they are never asked for, and a server that makes them does not hold the client', async () => {
    await plugMany(5);
    expect((await b.client.devices.list({ pageSize: 1 })).devices).toHaveLength(5);
    expect(b.sent.filter(({ path }) => path === '/api/device').every(({ query }) => query!['page_size'] === 2)).toBe(true);
    const stuck = b.another(LOGIN, (send) => (request) => send(request.query?.['page_size'] ? { ...request, query: { ...request.query, page_size: 1, page_number: 0 } } : request));
    expect(await stuck.devices.list()).toMatchObject({ total: 5, complete: false });
    expect(b.sent.filter(({ path }) => path === '/api/device').length).toBeLessThan(20);
  });

  both('[acs-35] nothing that matches is an empty list, whatever its status code', async () => {
    expect(await b.client.devices.list({ alias: 'leadlight-nobody-has-this' })).toEqual({ devices: [], total: 0, complete: true });
  });

  controllable('filters are exact and go to Oktopus', async () => {
    await plugMany(9);
    expect((await b.client.devices.list({ productClass: 'HT803G-W' })).devices.map(({ serial }) => serial)).toEqual([CWMP]);
    await b.oss.leave({ serial: USP });
    expect((await b.client.devices.list({ status: 'offline' })).devices).toMatchObject([{ serial: USP, status: 'offline', transports: { mqtt: 'offline' } }]);
  });

  both('a serial nobody has is notFound; one that cannot be addressed is not sent', async () => {
    expect(await failure(b.client.devices.get('LEADLIGHT-NOBODY'))).toMatchObject({ kind: 'notFound', hint: expect.stringContaining('serial') });
    const before = b.sent.length;
    for (const serial of ['', 'a.b', 'a b', '*', '>', 'a/b', 'a,b']) {
      expect(await failure(Promise.resolve().then(() => b.client.devices.get(serial)))).toMatchObject({ kind: 'rejectedInput' });
      expect(await failure(Promise.resolve().then(() => b.client.cwmp.reboot(serial)))).toMatchObject({ kind: 'rejectedInput' });
    }
    expect(b.sent).toHaveLength(before);
  });

  withDevice('usp')('an alias is kept as written and read back; too long a one is not sent', async () => {
    const { alias: before } = await b.client.devices.get(USP);
    const alias = 'Léo & <Chez> 日本';
    expect(await b.client.devices.setAlias(USP, alias)).toMatchObject({ serial: USP, alias });
    if (before) await b.client.devices.setAlias(USP, before);
    expect(await failure(b.client.devices.setAlias(USP, 'é'.repeat(26)))).toMatchObject({ kind: 'rejectedInput' });
  });

  controllable('delete forgets one device and says whether it was there', async () => {
    expect(await b.client.devices.delete(USP)).toEqual({ type: 'deviceDeleted', serial: USP, deleted: true });
    expect(await b.client.devices.delete(USP)).toMatchObject({ deleted: false });
    expect(await failure(b.client.devices.delete('A1,B2'))).toMatchObject({ kind: 'rejectedInput' });
  });
});

describe('what stands between', () => {
  const through = (): { client: Bench['client']; plan: ReturnType<typeof faults>['plan'] } => {
    const { wrap, plan } = faults();
    return { client: b.another(undefined, wrap), plan };
  };

  both('[acs-37] a backend that is away is unavailable and names the services; a read is tried three times', async () => {
    const { client, plan } = through();
    plan({ fits: /GET \/api\/device/, kind: 'status', status: 500, body: '"Error to communicate with nats: nats: timeout"', times: 3 });
    expect(await failure(client.devices.get('LEADLIGHT-NOBODY'))).toMatchObject({ kind: 'unavailable', outcome: 'notApplied', detail: { reason: 'backend' } });
    expect(routes().slice(1)).toHaveLength(0); // what the fault answered never went out
    expect(await failure(client.devices.get('LEADLIGHT-NOBODY'))).toMatchObject({ kind: 'notFound' });
  });

  both('a dropped connection is tried again for a read, and tells the address to be checked', async () => {
    const { client, plan } = through();
    plan({ fits: /info\/status/, kind: 'drop', times: 2 });
    expect(await client.status()).toMatchObject({ type: 'oktopus' });
    plan({ fits: /info\/status/, kind: 'drop', times: 3 });
    expect(await failure(client.status())).toMatchObject({ kind: 'unavailable', hint: expect.stringContaining('base URL') });
  });

  both('a proxy’s page and cut JSON are typed, and never an empty list', async () => {
    const { client, plan } = through();
    plan({ fits: /GET \/api\/device/, kind: 'html', status: 200 });
    expect(await failure(client.devices.list())).toMatchObject({ kind: 'unexpectedReply' });
    plan({ fits: /GET \/api\/device/, kind: 'html', status: 403 });
    expect(await failure(client.devices.list())).toMatchObject({ kind: 'unauthorised' });
    plan({ fits: /login/, kind: 'html', status: 200 });
    expect(await failure(b.another(undefined, faultsOnce(/login/)).status())).toMatchObject({ kind: 'unexpectedReply' });
    plan({ fits: /info\/status/, kind: 'truncate' });
    expect(await failure(client.status())).toMatchObject({ kind: 'unavailable' });
  });
  const faultsOnce = (fits: RegExp): ((send: Send) => Send) => {
    const { wrap, plan } = faults();
    plan({ fits, kind: 'html', status: 200 });
    return wrap;
  };
});
