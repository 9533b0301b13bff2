import { deviceId, presetDocuments, provisionScripts } from '../../../genieacs/src/index.ts';
import type { CpeInforms, OntPlugged, World } from '../world.ts';
import { readFromCpe, runTask, type CpeFault } from './cpe.ts';
import { hubExtension, type ExtOptions } from './ext.ts';
import { factoryTree } from './models.ts';
import { runScript } from './script.ts';
import type { AcsDevice, AcsState, AcsTask } from './state.ts';

export interface AcsOptions {
  /** The hub: with it Leadlight's presets and provisions are installed and call it, as `config/ext/leadlight.js` does on a real ACS. */
  readonly ext?: ExtOptions;
}
export type Informed = Omit<CpeInforms, 'ip'> & { readonly ip?: string };

const INFORM_MS = 300_000;
const RETRY_MS = 300_000;

/** The CWMP side: informs, sessions, presets, and the CPEs themselves. The NBI (nbi.ts) stands in front of it. */
export function acs(world: World, options: AcsOptions = {}) {
  const state: AcsState = { devices: new Map(), tasks: [], faults: new Map(), presets: new Map(), provisions: new Map(), stripReasons: false, crashes: 0, version: '1.2.16' };
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
    device.dueAt = world.clock.ms + INFORM_MS;
    for (const preset of state.presets.values()) {
      const wanted = Object.entries((preset['events'] ?? {}) as Record<string, boolean>);
      if (!wanted.every(([event, on]) => event in events === on) || wanted.length === 0) continue;
      const channel = String(preset['channel'] ?? 'default');
      if (blocked(device, channel)) continue;
      const rows = (preset['configurations'] as { type: string; name: string }[]).filter((one) => one.type === 'provision').map((one) => [one.name]);
      const fault = await runProvisions(device, rows, events);
      if (fault) keepFault(device, channel, fault, JSON.stringify(rows));
      else state.faults.delete(`${device.id}:${channel}`);
    }
    device.lastInform = world.clock.now();
    for (const task of state.tasks.filter((one) => one.device === device.id)) {
      // Another session may have run or dropped it while this one waited for the hub.
      if (state.tasks.includes(task)) after.push(...(await runOne(device, task)));
    }
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
    if (task.name !== 'reboot' && task.name !== 'factoryReset') return [];
    device.reboots += 1;
    if (task.name === 'factoryReset') device.tree = factoryTree(device.productClass, device.serial, device.ip);
    return [task.name === 'reboot' ? '1 BOOT' : '0 BOOTSTRAP'];
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
      };
      state.devices.set(id, device);
    }
    device.online = true;
    if (cpe.event === '0 BOOTSTRAP') {
      device.known.clear();
      device.lastBootstrap = now;
    }
    if (cpe.event !== '2 PERIODIC') device.lastBoot = now;
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
        if (device.online && !device.inSession && device.dueAt > 0 && device.dueAt <= world.clock.ms && state.tasks.some((task) => task.device === device.id)) await session(device, {});
      }
    },
  };
}
export type Acs = ReturnType<typeof acs>;
