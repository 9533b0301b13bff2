// The fibre from the ONT to the OLT: six fixtures, built as a planner would, judged exactly. Access reference 2.4 and [access-27].
import { defaultTopologyPolicy, type TopologyPolicy } from '../../../core/src/index.ts';
import type { PortRef } from '../src/index.ts';
import { failure, openPeer, REAL, sandboxOnly, type Peer } from './peer.ts';

// A real server has the port shape of its version; the sandbox shows both.
describe.each(REAL ? [['the real server', undefined]] : [['NetBox 4.6: rear_ports', '4.6.8'], ['NetBox 4.4: rear_port', '4.4.10']])('%s', (_title, version) => {
  let peer: Peer;
  let policy: TopologyPolicy;
  let site: Awaited<ReturnType<Peer['plantSite']>>;
  let olt: { id: number };
  let pons: { id: number }[];
  beforeAll(async () => {
    peer = await openPeer(version === undefined ? {} : { version });
    site = await peer.plantSite();
    policy = { ...defaultTopologyPolicy, oltRoles: [String(site.roles.olt['slug'])] };
    olt = await site.device('olt', site.roles.olt);
    pons = await Promise.all([1, 2, 3, 4].map((n) => peer.make('dcim/interfaces', { device: olt.id, name: `pon-${n}`, type: 'xgs-pon' })));
  });
  afterAll(() => peer.close());
  beforeEach(() => {
    peer.clear();
    peer.sent.length = 0;
  });
  const port = (objectType: PortRef['objectType'], { id }: { id: number }): PortRef => ({ objectType, objectId: id });
  const join = async (a: PortRef, b: PortRef, metres?: number, status: 'connected' | 'planned' = 'connected') => (await peer.netbox.cables.connect({ a, b, status, ...(metres === undefined ? {} : { metres }) })).cable;
  /** A splitter of this version's port shape: a common side of n positions, n outputs. */
  async function splitter(name: string, ratio: number) {
    const device = await site.device(name, site.roles.ont);
    const rear = await peer.make('dcim/rear-ports', { device: device.id, name: 'in', type: 'sc-apc', positions: ratio });
    const fronts: { id: number }[] = [];
    for (let leg = 1; leg <= ratio; leg += 1) {
      const mapping = peer.atLeast(4, 5) ? { rear_ports: [{ position: 1, rear_port: rear.id, rear_port_position: leg }] } : { rear_port: rear.id, rear_port_position: leg };
      fronts.push(await peer.make('dcim/front-ports', { device: device.id, name: `out-${leg}`, type: 'sc-apc', ...mapping }));
    }
    return { id: device.id, name: String(device['name']), rear: port('dcim.rearport', rear), front: (leg: number) => port('dcim.frontport', fronts[leg - 1]!) };
  }
  async function ont(name: string) {
    const device = await site.device(name, site.roles.ont);
    await peer.make('dcim/interfaces', { device: device.id, name: 'eth0', type: '1000base-t' });
    return { id: device.id, pon: port('dcim.interface', await peer.make('dcim/interfaces', { device: device.id, name: 'pon0', type: 'xgs-pon' })) };
  }
  const pon = (n: number): PortRef => port('dcim.interface', pons[n - 1]!);
  const oltName = (): string => `${peer.name}-olt`;

  test('[access-27] [S0-114] a whole path: OLT, port, leg, length, budget, against the light that was measured', async () => {
    const [split, home] = [await splitter('s1', 8), await ont('h1')];
    await join(split.rear, pon(1), 3_920);
    await join(home.pon, split.front(3), 80);
    const whole = { type: 'accepted', value: { olt: oltName(), oltPort: 'pon-1', stages: 1, outputs: 8, legs: [`${split.name}:3`], metres: 4_000, budget: { fibreDb: 1.4, splitterDb: 10.5, cableDb: 0.6, lossDb: 12.5, marginDb: 15.5, expectedRxDbm: -9.5 } } };
    expect(await peer.netbox.topology.validate({ deviceId: home.id, olt: oltName(), oltPort: 'pon-1', rxDbm: -10.2 }, policy)).toMatchObject(whole);
    expect(await peer.netbox.topology.validate({ interfaceId: home.pon.objectId, oltPort: 536_870_913 }, policy)).toMatchObject(whole);
    expect(await peer.netbox.topology.validate({ deviceId: home.id, rxDbm: -14 }, policy)).toMatchObject({ type: 'refused', code: 'weakerThanPlanned', facts: { offPlanDb: -4.5 } });
    // Traced from the OLT the splitter ends it: seen from there the path splits.
    expect(await peer.netbox.topology.validate({ interfaceId: pon(1).objectId }, policy)).toMatchObject({ type: 'refused', code: 'splitPath', facts: { at: { device: split.name, port: 'in' } } });
    expect(peer.sent.some(({ path }) => path.endsWith(`/interfaces/${home.pon.objectId}/trace/`))).toBe(true);
    expect(peer.writes()).toHaveLength(4 - 2);
  });
  test('[access-27] dangling: the splitter has no feeder; nothing plugged in at all', async () => {
    const [split, home, other] = [await splitter('s2', 4), await ont('h2'), await ont('h2b')];
    await join(home.pon, split.front(1), 50);
    expect(await peer.netbox.topology.validate({ deviceId: home.id }, policy)).toMatchObject({ type: 'refused', code: 'dangling', facts: { at: { device: split.name, port: 'in' } } });
    expect(await peer.netbox.topology.validate({ deviceId: other.id }, policy)).toMatchObject({ code: 'notCabled' });
  });
  test('[access-27] a planned cable is named', async () => {
    const [split, home] = [await splitter('s3', 4), await ont('h3')];
    await join(split.rear, pon(2), 100);
    const drop = await join(home.pon, split.front(2), 50, 'planned');
    expect(await peer.netbox.topology.validate({ deviceId: home.id, oltPort: 'pon-2' }, policy)).toMatchObject({ type: 'refused', code: 'plannedCable', facts: { cables: [{ id: drop.id, status: 'planned' }] } });
  });
  test('[access-27] another OLT port than the light comes from; another OLT', async () => {
    const [split, home] = [await splitter('s4', 2), await ont('h4')];
    await join(split.rear, pon(3));
    await join(home.pon, split.front(1));
    expect(await peer.netbox.topology.validate({ deviceId: home.id, oltPort: 'pon-4' }, policy)).toMatchObject({ code: 'wrongOltPort', facts: { at: { device: oltName(), port: 'pon-3' }, expected: 'pon-4' } });
    expect(await peer.netbox.topology.validate({ deviceId: home.id, olt: 'olt-elsewhere' }, policy)).toMatchObject({ code: 'wrongOlt' });
    expect(await peer.netbox.topology.validate({ deviceId: home.id, oltPort: 3 }, policy)).toMatchObject({ type: 'accepted', because: expect.arrayContaining([expect.stringContaining('no length')]) });
    expect(await peer.netbox.topology.validate({ deviceId: home.id }, { ...policy, oltRoles: ['nobody'] })).toMatchObject({ code: 'notAnOlt' });
  });
  test('[access-27] two splitters in a row: both legs, the ratios multiplied, the losses added', async () => {
    const [near, far, home] = [await splitter('s5', 4), await splitter('s6', 8), await ont('h5')];
    await join(near.rear, pon(4), 2_000);
    await join(far.rear, near.front(2), 1_000);
    await join(home.pon, far.front(5), 100);
    expect(await peer.netbox.topology.validate({ deviceId: home.id, oltPort: 'pon-4', rxDbm: -18 }, policy)).toMatchObject({
      type: 'accepted', value: { stages: 2, outputs: 32, legs: [`${far.name}:5`, `${near.name}:2`], metres: 3_100, budget: { splitterDb: 17.6, lossDb: 19.59, offPlanDb: -1.41 } },
    });
    expect(await peer.netbox.topology.validate({ deviceId: home.id }, { ...policy, mostStages: 1 })).toMatchObject({ code: 'tooManyStages' });
    expect(await peer.netbox.topology.validate({ deviceId: home.id }, { ...policy, mostOutputs: 16 })).toMatchObject({ code: 'tooManyOutputs' });
  });
  test('[S0-93] free legs in their order, without the cabled and the marked; an occupied one is a conflict that names the cable', async () => {
    const [split, home, late] = [await splitter('s7', 4), await ont('h7'), await ont('h8')];
    const drop = await join(home.pon, split.front(2));
    await peer.raw('PATCH', `dcim/front-ports/${split.front(1).objectId}/`, { mark_connected: true });
    expect((await peer.netbox.frontPorts.findFree(split.id)).map(({ name, leg, rearPortId }) => [name, leg, rearPortId])).toEqual([['out-3', 3, split.rear.objectId], ['out-4', 4, split.rear.objectId]]);
    expect(await failure(join(late.pon, split.front(2)))).toMatchObject({ kind: 'conflict', detail: { reason: 'portOccupied', cableId: drop.id } });
    expect(await failure(join(late.pon, split.front(1)))).toMatchObject({ kind: 'conflict', detail: { reason: 'portOccupied' } });
    expect(await failure(join(home.pon, split.front(3)))).toMatchObject({ kind: 'conflict', detail: { reason: 'portOccupied', cableId: drop.id } });
    expect(await peer.netbox.checkCapacity({ splitterId: split.id })).toMatchObject({ value: { frontPort: { name: 'out-3', leg: 3 } } });
    await join(late.pon, split.front(3));
    await peer.raw('PATCH', `dcim/front-ports/${split.front(4).objectId}/`, { mark_connected: true });
    expect(await peer.netbox.checkCapacity({ splitterId: split.id })).toMatchObject({ type: 'refused', code: 'splitterFull' });
  });
  test('[S0-113] a cable is made once, also when its reply is lost or somebody was faster; taken out once', async () => {
    const [split, home] = [await splitter('s8', 2), await ont('h9')];
    peer.plant({ method: 'POST', path: /cables/, kind: 'resetAfter' });
    const made = await peer.netbox.cables.connect({ a: home.pon, b: split.front(1), metres: 12.5, label: 'drop 9' });
    expect(made).toMatchObject({ repeated: false, cable: { status: 'connected', metres: 12.5 }, differs: [] });
    expect(await peer.netbox.cables.connect({ a: split.front(1), b: home.pon, metres: 13 })).toMatchObject({ repeated: true, cable: { id: made.cable.id }, differs: ['metres'] });
    expect(peer.writes().filter(({ path }) => /cables/.test(path))).toHaveLength(1);
    expect(await peer.netbox.cables.disconnect({ port: home.pon })).toMatchObject({ repeated: false, cableId: made.cable.id });
    expect(await peer.netbox.cables.disconnect({ port: home.pon })).toMatchObject({ repeated: true, cableId: null });
    expect(await peer.netbox.cables.disconnect({ id: made.cable.id })).toMatchObject({ repeated: true });
    const wire = { a_terminations: [{ object_type: 'dcim.interface', object_id: home.pon.objectId }], b_terminations: [{ object_type: 'dcim.frontport', object_id: split.front(1).objectId }] };
    peer.plant({ method: 'POST', path: /cables/, kind: 'meanwhile', act: () => peer.raw('POST', 'dcim/cables/', wire) });
    expect(await peer.netbox.cables.connect({ a: home.pon, b: split.front(1) })).toMatchObject({ repeated: true });
  });
  sandboxOnly('a device with several PON interfaces wants to be told which (a fixture of one sandbox is enough)', async () => {
    expect(await failure(peer.netbox.topology.validate({ deviceId: olt.id }, policy))).toMatchObject({ kind: 'conflict', detail: { reason: 'ambiguous' } });
    expect(await failure(peer.netbox.topology.validate({ deviceId: (await splitter('s9', 2)).id }, policy))).toMatchObject({ kind: 'rejectedInput' });
  });
});
