import { deviceId, presetDocuments, provisionScripts } from '../../../genieacs/src/index.ts';
import type { CpeAcsChanged, CpeInforms, OntPlugged, World } from '../world.ts';
import { finishDiagnostic, readFromCpe, runTask, writeToCpe, type CpeFault } from './cpe.ts';
import { hubExtension, type ExtOptions } from './ext.ts';
import { factoryTree } from './models.ts';
import { applies, asProvision, isReadable } from './presetRules.ts';
import { runScript } from './script.ts';
import type { AcsDevice, AcsState, AcsTask } from './state.ts';

export interface AcsOptions {
  /** The hub: with it Leadlight's presets and provisions are installed and call it, as `config/ext/leadlight.js` does on a real ACS. */
  readonly ext?: ExtOptions;
}
export type Informed = Omit<CpeInforms, 'ip' | 'event'> & { readonly ip?: string; readonly event: CpeInforms['event'] | '7 TRANSFER COMPLETE' | '8 DIAGNOSTICS COMPLETE' };

const INFORM_MS = 300_000;
const RETRY_MS = 300_000;
const rootOf = (device: AcsDevice): string => [...device.tree.keys()][0]?.split('.')[0] ?? 'Device';

const urlOf = (device: AcsDevice): string => String(device.tree.get(`${rootOf(device)}.ManagementServer.URL`)?.value ?? '');

/** The CWMP side: informs, sessions, presets, and the CPEs themselves. The NBI (nbi.ts) stands in front of it. */
export function acs(world: World, options: AcsOptions = {}) {
  const state: AcsState = { devices: new Map(), tasks: [], faults: new Map(), presets: new Map(), provisions: new Map(), virtualParameters: new Map(), files: new Map(), hasPing: true, cwmpCrashes: 0, stripReasons: false, crashes: 0, version: '1.2.16' };
  if (options.ext) {
    for (const [name, script] of Object.entries(provisionScripts)) state.provisions.set(name, script);
    for (const [name, preset] of Object.entries(presetDocuments)) state.presets.set(name, { _id: name, ...preset });
  }
  const extension = hubExtension(options.ext);
  let addresses = 10;

  function find(serial: string): AcsDevice | undefined {
    return [...state.devices.values()].find((device) => device.serial === serial);
  }

  function keepFault(device: AcsDevice, channel: string, fault: CpeFault, provisions?: string): void {
    const _id = `${device.id}:${channel}`;
    const before = state.faults.get(_id);
    state.faults.set(_id, { _id, device: device.id, channel, timestamp: world.clock.now(), ...fault, retries: before ? before.retries + 1 : 0, ...(provisions ? { provisions } : {}) });
  }

  async function runProvisions(device: AcsDevice, rows: readonly unknown[][], events: Readonly<Record<string, number>>): Promise<CpeFault | null> {
    // Twice over: a real session runs its scripts again after the device answered, which is why the hub hears an event more than once.
    for (let pass = 0; pass < 2; pass += 1) {
      for (const [name, ...args] of rows) {
        if (name === 'refresh') { readFromCpe(device, [String(args[0])], world.clock.now()); continue; }
        if (name === 'tag') { device.tags[args[1] ? 'add' : 'delete'](String(args[0])); continue; }
        if (name === 'value') { writeToCpe(device, String(args[0]), args[1] as string, world.clock.now()); continue; }
        const script = state.provisions.get(String(name));
        if (script === undefined) continue;
        const fault = await runScript(device, script, extension, world.clock.now(), events);
        if (fault) return fault;
      }
    }
    return null;
  }

  const running = new Map<string, Promise<unknown>>();
  /** One session per device at a time; whoever comes second waits. A reboot calls in again after the session that ordered it. */
  async function session(device: AcsDevice, events: Readonly<Record<string, number>>): Promise<void> {
    const before = running.get(device.id) ?? Promise.resolve();
    const mine = before.then(() => runSession(device, events));
    running.set(device.id, mine.catch(() => undefined));
    for (const event of await mine) await inform({ serial: device.serial, oui: device.oui, productClass: device.productClass, event });
  }

  /** Presets that match the events, then waiting tasks whose channel is not blocked by a fault. Gives the events that follow from it. */
  async function runSession(device: AcsDevice, events: Readonly<Record<string, number>>): Promise<readonly Informed['event'][]> {
    const after: Informed['event'][] = [];
    if ([...state.presets.values()].some((preset) => !isReadable(preset))) {
      state.cwmpCrashes += 1;
      return after;
    }
    device.dueAt = world.clock.ms + INFORM_MS;
    const urlBefore = urlOf(device);
    for (const preset of [...state.presets.values()].sort((a, b) => Number(a['weight'] ?? 0) - Number(b['weight'] ?? 0) || (String(a['_id']) < String(b['_id']) ? -1 : 1))) {
      if (!applies(preset, device, events)) continue;
      const channel = String(preset['channel'] || 'default');
      if (blocked(device, channel)) continue;
      const rows = (preset['configurations'] as Record<string, unknown>[]).flatMap(asProvision);
      const fault = await runProvisions(device, rows, events);
      if (fault) keepFault(device, channel, fault, JSON.stringify(rows));
      else state.faults.delete(`${device.id}:${channel}`);
      if (device.download.wanted) {
        device.download.wanted = false;
        startTransfer(device, device.download.fileName, channel);
      }
    }
    device.lastInform = world.clock.now();
    for (const task of state.tasks.filter((one) => one.device === device.id)) {
      // Another session may have run or dropped it while this one waited for the hub.
      if (state.tasks.includes(task)) after.push(...(await runOne(device, task)));
    }
    if (urlOf(device) !== urlBefore) await world.emit<CpeAcsChanged>('cpe.acsChanged', { serial: device.serial, url: urlOf(device) });
    if (device.sessionsLeft !== null && (device.sessionsLeft -= 1) <= 0) device.online = false;
    return after;
  }

  function blocked(device: AcsDevice, channel: string): boolean {
    const fault = state.faults.get(`${device.id}:${channel}`);
    return fault !== undefined && world.clock.ms < Date.parse(fault.timestamp) + RETRY_MS * 2 ** fault.retries;
  }

  async function runOne(device: AcsDevice, task: AcsTask): Promise<readonly Informed['event'][]> {
    const channel = `task_${task._id}`;
    if (blocked(device, channel)) return [];
    const expiry = task['expiry'];
    if (typeof expiry === 'string' && Date.parse(expiry) < world.clock.ms) {
      drop(task);
      return [];
    }
    const fault = runTask(device, task, world.clock.now()) ?? (task.name === 'provisions' ? await runProvisions(device, task['provisions'] as unknown[][], {}) : null);
    if (fault) {
      keepFault(device, channel, fault, JSON.stringify(task['provisions'] ?? [[task.name]]));
      return [];
    }
    drop(task);
    state.faults.delete(`${device.id}:${channel}`);
    if (task.name === 'download') startTransfer(device, String(task['file'] ?? task['fileName']), channel);
    if (task.name !== 'reboot' && task.name !== 'factoryReset') return [];
    device.reboots += 1;
    if (task.name === 'factoryReset') device.tree = factoryTree(device.productClass, device.serial, device.ip);
    return [task.name === 'reboot' ? '1 BOOT' : '0 BOOTSTRAP'];
  }

  function startTransfer(device: AcsDevice, fileName: string, channel: string): void {
    device.transfer = { fileName, channel, dueAt: world.clock.ms + device.transferMs };
  }

  /** The CPE fetched the file (or not) and says so in a session of its own; the task that ordered it is long gone by then. */
  async function endTransfer(device: AcsDevice): Promise<void> {
    const { fileName, channel } = device.transfer!;
    device.transfer = null;
    const file = state.files.get(fileName);
    const fault = device.failTransfer ?? (file ? null : { code: 'cwmp.9016', message: 'File transfer server authentication failure' });
    device.failTransfer = null;
    const who = { serial: device.serial, oui: device.oui, productClass: device.productClass };
    if (fault) {
      keepFault(device, channel, fault, JSON.stringify([['download', '1 Firmware Upgrade Image', fileName]]));
      await inform({ ...who, event: '7 TRANSFER COMPLETE' });
      return;
    }
    const version = device.tree.get(`${rootOf(device)}.DeviceInfo.SoftwareVersion`);
    if (version && file!.metadata['version']) version.value = file!.metadata['version'];
    device.reboots += 1;
    await inform({ ...who, event: '1 BOOT' });
  }

  function drop(task: AcsTask): void {
    state.tasks = state.tasks.filter((one) => one._id !== task._id);
  }

  /** A CPE calls in. The first call, and any bootstrap, makes the ACS read the whole tree anew. */
  async function inform(cpe: Informed): Promise<AcsDevice> {
    const id = deviceId(cpe);
    const now = world.clock.now();
    let device = state.devices.get(id);
    if (!device) {
      const ip = cpe.ip ?? `10.20.0.${addresses++}`;
      device = {
        id, oui: cpe.oui, productClass: cpe.productClass, serial: cpe.serial, ip, tree: factoryTree(cpe.productClass, cpe.serial, ip), known: new Map(), tags: new Set(), registered: now, lastInform: null, lastBoot: null, lastBootstrap: null,
        online: true, inSession: false, sessionDelayMs: 0, dueAt: 0, stubborn: new Set(), failNext: null, reboots: 0, sessionsLeft: null,
        transfer: null, transferMs: 60_000, failTransfer: null, download: { fileName: '', at: 0, wanted: false }, diagnostic: null, instances: new Map(),
      };
      state.devices.set(id, device);
    }
    device.online = true;
    if (cpe.event === '0 BOOTSTRAP') {
      device.known.clear();
      device.lastBootstrap = now;
    }
    if (cpe.event === '0 BOOTSTRAP' || cpe.event === '1 BOOT') device.lastBoot = now;
    // What every Inform carries by itself.
    if (device.known.size > 0) readFromCpe(device, ['DeviceInfo.SoftwareVersion', 'DeviceInfo.HardwareVersion', 'DeviceInfo.ProvisioningCode', 'ManagementServer.ConnectionRequestURL'].map((path) => `${rootOf(device!)}.${path}`), now);
    if (device.known.size === 0) readFromCpe(device, [''], now);
    await session(device, { [cpe.event]: world.clock.ms, ...(cpe.event === '0 BOOTSTRAP' ? { '1 BOOT': world.clock.ms } : {}) });
    return device;
  }

  world.on<OntPlugged>('ont.plugged', async ({ serial, oui, productClass }) => void (await inform({ serial, oui, productClass, event: '0 BOOTSTRAP' })));
  world.on<CpeInforms>('cpe.informs', async (cpe) => void (await inform(cpe)));

  // Somebody pulls its plug: known to the ACS, deaf to its connection requests until it informs again.
  world.on<{ readonly serial: string }>('cpe.unplugged', ({ serial }) => {
    for (const device of state.devices.values()) if (device.serial === serial) device.online = false;
  });

  return {
    state,
    /** Extension calls that failed or were delivered, for assertions. */
    extension,
    inform,
    session,
    find,
    /** Sessions whose time has come: delayed answers to a connection request, and periodic informs of devices with waiting tasks. */
    async settle(): Promise<void> {
      for (const device of state.devices.values()) {
        if (device.transfer && device.transfer.dueAt <= world.clock.ms) await endTransfer(device);
        if (device.diagnostic && device.diagnostic.dueAt <= world.clock.ms) {
          finishDiagnostic(device);
          await inform({ serial: device.serial, oui: device.oui, productClass: device.productClass, event: '8 DIAGNOSTICS COMPLETE' });
        }
        if (device.online && !device.inSession && device.dueAt > 0 && device.dueAt <= world.clock.ms && state.tasks.some((task) => task.device === device.id)) await session(device, {});
      }
    },
  };
}
export type Acs = ReturnType<typeof acs>;
