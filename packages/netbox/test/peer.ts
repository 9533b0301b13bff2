// The NetBox a suite runs against: the sandbox, or the real one at LEADLIGHT_NETBOX_URL with LEADLIGHT_NETBOX_TOKEN (it must be able to
// write everything). Whatever a suite needs it makes itself, under a name of its own, and takes away again.
import { axiosSend } from '../../http/src/send.ts';
import { SANDBOX_TOKEN, SANDBOX_TOKEN_V1, startNetbox, type NetboxOptions } from '../../sandbox/src/netbox/index.ts';
import { VirtualClock, World } from '../../sandbox/src/world.ts';
import { baseUrl, netbox, type NetBox } from '../src/index.ts';
import { planted } from './plant.ts';

export const REAL = process.env['LEADLIGHT_NETBOX_URL'];
/** For what a real server cannot be made to show; the title says why. */
export const sandboxOnly = REAL ? test.skip : test;
type Fields = Readonly<Record<string, unknown>>;
type Row = Record<string, unknown> & { id: number };
export interface RawReply { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string; readonly json: never }

let count = 0;

export async function openPeer(options: NetboxOptions = {}) {
  const world = new World();
  const sandbox = REAL ? undefined : await startNetbox(world, options);
  const url = baseUrl(REAL ?? sandbox!.url);
  const token = REAL ? (process.env['LEADLIGHT_NETBOX_TOKEN'] ?? '') : (options.tokens?.[0]?.value ?? (/^4\.[0-4]\./.test(options.version ?? '') ? SANDBOX_TOKEN_V1 : SANDBOX_TOKEN));
  const straight = axiosSend({ baseUrl: url, timeoutMs: 60_000 });
  const way = planted((request) => straight(request));
  const name = `ll-${process.pid}-${Date.now().toString(36)}-${(count += 1)}`;
  const clock = new VirtualClock('2026-04-01T13:00:00.000Z');
  const own: { readonly path: string; readonly id: number }[] = [];
  const client = (given = token): NetBox => netbox(way.send, clock, { token: given });

  /** A request past our client. */
  async function raw(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<RawReply> {
    const reply = await straight({ method, path: `/api/${path}`, headers: { authorization: `${token.startsWith('nbt_') ? 'Bearer' : 'Token'} ${token}` }, ...(body ? { body } : {}) });
    return { ...reply, json: (/json/.test(reply.headers['content-type'] ?? '') && reply.text !== '' ? JSON.parse(reply.text) : undefined) as never };
  }
  async function make<T extends Row = Row>(path: string, fields: Fields): Promise<T> {
    const reply = await raw('POST', `${path}/`, fields);
    if (reply.status !== 201) throw new Error(`fixture ${path}: ${reply.status} ${reply.text.slice(0, 300)}`);
    own.push({ path, id: (reply.json as Row).id });
    return reply.json;
  }
  const list = async (path: string): Promise<Row[]> => ((await raw('GET', path)).json as { results: Row[] }).results;
  /** Everything a filter finds, at the end. */
  async function wipe(path: string, filter: string): Promise<void> {
    const found = await list(`${path}/?limit=1000&brief=1&${filter}`);
    if (found.length > 0) await raw('DELETE', `${path}/`, found.map(({ id }) => ({ id })));
  }
  const cleaners: (() => Promise<void>)[] = [];

  /** A VRF with pools in it, so that no address of anyone else is near. */
  async function addressing() {
    const label = `${name}-n${(count += 1)}`;
    const vrf = await make('ipam/vrfs', { name: label, enforce_unique: true });
    const block = 16 + (process.pid % 200);
    const pool = await make('ipam/prefixes', { prefix: `10.${block}.${Math.floor(Math.random() * 62) * 4}.0/22`, vrf: vrf.id });
    const small = await make('ipam/prefixes', { prefix: '203.0.113.0/29', vrf: vrf.id });
    const six = await make('ipam/prefixes', { prefix: '2001:db8:40::/48', vrf: vrf.id, status: 'container' });
    const group = await make('ipam/vlan-groups', { name: label, slug: label, vid_ranges: [[100, 102]] });
    cleaners.push(async () => {
      await wipe('ipam/vlans', `group_id=${group.id}`);
      await wipe('ipam/ip-addresses', `vrf_id=${vrf.id}`);
      await wipe('ipam/prefixes', `vrf_id=${vrf.id}`);
    });
    return { vrf, pool, small, six, group };
  }
  /** A site with a device type and roles, and what is needed to build plant from them. */
  async function plantSite() {
    const site = await make('dcim/sites', { name, slug: name });
    const maker = await make('dcim/manufacturers', { name, slug: name });
    const type = await make('dcim/device-types', { manufacturer: maker.id, model: name, slug: name });
    const roles = { olt: await make('dcim/device-roles', { name: `${name}-olt`, slug: `${name}-olt` }), ont: await make('dcim/device-roles', { name: `${name}-ont`, slug: `${name}-ont` }) };
    cleaners.push(async () => {
      await wipe('dcim/cables', `site_id=${site.id}`);
      await wipe('dcim/devices', `site_id=${site.id}`);
    });
    return { site, type, roles, device: (suffix: string, role: Row) => make('dcim/devices', { name: `${name}-${suffix}`, role: role.id, device_type: type.id, site: site.id }) };
  }

  const version = ((await raw('GET', 'status/')).json as Record<string, string> | undefined)?.['netbox-version'] ?? '';
  return {
    name, url, token, version, world, data: sandbox?.data, sandbox, clock, ...way, client, netbox: client(), raw, make, list, addressing, plantSite,
    atLeast: (major: number, minor: number): boolean => {
      const [a = 0, b = 0] = version.split('.').map(Number);
      return a > major || (a === major && b >= minor);
    },
    later: (clean: () => Promise<void>): void => void cleaners.push(clean),
    async close(): Promise<void> {
      for (const clean of cleaners.reverse()) await clean();
      for (const { path, id } of own.reverse()) await raw('DELETE', `${path}/${id}/`);
      await sandbox?.close();
    },
  };
}
export type Peer = Awaited<ReturnType<typeof openPeer>>;

export interface Failure { readonly kind: string; readonly outcome: string; readonly message: string; readonly hint: string; readonly status?: number; readonly detail?: Readonly<Record<string, unknown>> }
/** What a promise fails with. */
export async function failure(promise: Promise<unknown>): Promise<Failure> {
  return promise.then(() => Promise.reject(new Error('nothing failed')), (error: unknown) => error as Failure);
}
if (REAL) jest.setTimeout(240_000);
