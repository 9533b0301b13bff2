// The access network as rw_core sees it: OLTs, the ONUs they discover, and how far each one is by the world's clock.
import type { OntPlugged, World } from '../world.ts';

export interface OltSetup {
  readonly ip: string;
  /** Default `olt-<n>`. */
  readonly id?: string;
  /** Default 9191. */
  readonly port?: number;
}
export interface SimOlt {
  readonly id: string;
  readonly hostAndPort: string;
  readonly ip: string;
  readonly serial: string;
  admin: 'PREPROVISIONED' | 'ENABLED' | 'DISABLED';
  /** When it was enabled (ms of the world's clock): the adapter needs a moment to reach it. */
  enabledAt: number;
  /** Its management address does not answer. */
  deaf?: boolean;
  /** Other adapters than openolt tell the distance of an ONU. */
  distanceMetres?: number;
}
export interface SimImage {
  readonly version: string;
  active: boolean;
  committed: boolean;
}
export interface SimUpgrade {
  readonly version: string;
  readonly activateOnSuccess: boolean;
  commitOnSuccess: boolean;
  readonly startedAt: number;
  activatedAt?: number;
  committedAt?: number;
  aborted?: boolean;
}
export interface SimOnu {
  readonly id: string;
  readonly serial: string;
  readonly oltId: string;
  readonly ponPort: number;
  readonly onuId: number;
  readonly vendorId: string;
  /** When its start began: plugged, enabled or rebooted (ms of the world's clock). */
  since: number;
  /** Light and power at the customer's. */
  lit: boolean;
  admin: 'ENABLED' | 'DISABLED';
  rebootedAt?: number;
  /** dBm at the ONT; −30 is how an ONT spells "no reading". */
  rxPowerDbm: number;
  /** When the controller's flows reach it, if a service is on. */
  flowsAt?: number;
  /** Stuck at a reason, for tests of failure. */
  stuck?: string;
  /** Shut by PLOAM: no light until it is opened again. */
  blocked?: boolean;
  images?: SimImage[];
  upgrade?: SimUpgrade;
  /** Why its adapter refuses an image, for tests of failure. */
  imageRefusal?: string;
  alarms?: { readonly class_id: number; readonly instance_id: number; readonly name: string; readonly description: string }[];
  /** Nothing is plugged in behind it. */
  uniDown?: boolean;
}
export interface OnuView {
  readonly oper: string;
  readonly connect: string;
  readonly reason: string;
  readonly hasUni: boolean;
}

/** How long each stage of an ONU's start takes, in seconds after discovery. */
const STAGES: readonly (readonly [after: number, oper: string, reason: string])[] = [
  [0, 'DISCOVERED', 'activating-onu'],
  [1, 'ACTIVATING', 'activating-onu'],
  [2, 'ACTIVATING', 'starting-openomci'],
  [3, 'ACTIVATING', 'discovery-mibsync-complete'],
  [4, 'ACTIVE', 'initial-mib-downloaded'],
];
const OLT_UP_AFTER_MS = 2_000;
/** A real one takes half a minute; a demonstration should not. */
const READY_AFTER_MS = 4_000;
const FLOWS_TAKE_MS = 2_000;

export class Fleet {
  readonly olts: SimOlt[] = [];
  readonly onus: SimOnu[] = [];
  readonly world: World;
  #next = 1;

  constructor(world: World, olts: readonly OltSetup[]) {
    this.world = world;
    for (const setup of olts) this.addOlt(setup);
  }
  addOlt({ ip, id, port = 9191 }: OltSetup, admin: SimOlt['admin'] = 'ENABLED'): SimOlt {
    const number = this.olts.length + 1;
    const olt: SimOlt = { id: id ?? `olt-${number}`, ip, hostAndPort: `${ip}:${port}`, serial: `SIMOLT${String(number).padStart(4, '0')}`, admin, enabledAt: this.now - OLT_UP_AFTER_MS };
    this.olts.push(olt);
    return olt;
  }
  get now(): number {
    return this.world.clock.ms;
  }

  /** Light arrives: an OLT that is enabled reports the serial and the core creates the child. Nothing happens where there is no OLT. */
  plug(ont: OntPlugged): SimOnu | undefined {
    const olt = this.olts.find((one) => one.ip === ont.oltIp && one.admin === 'ENABLED');
    if (!olt) return undefined;
    const serial = ont.serial.slice(0, 4) + ont.serial.slice(4).toLowerCase();
    const known = this.onus.find((onu) => onu.serial.toLowerCase() === serial.toLowerCase() && onu.oltId === olt.id && onu.ponPort === ont.ponPort);
    if (known) {
      Object.assign(known, { lit: true, since: this.now, rxPowerDbm: ont.rxPowerDbm ?? known.rxPowerDbm });
      return known;
    }
    for (const elsewhere of this.onus) if (elsewhere.serial.toLowerCase() === serial.toLowerCase()) elsewhere.lit = false;
    const onuId = this.onus.filter((onu) => onu.oltId === olt.id && onu.ponPort === ont.ponPort).length + 1;
    const onu: SimOnu = {
      id: `onu-${this.#next++}`, serial, oltId: olt.id, ponPort: ont.ponPort, onuId, vendorId: serial.slice(0, 4),
      since: this.now, lit: true, admin: 'ENABLED', rxPowerDbm: ont.rxPowerDbm ?? -19.5,
    };
    this.onus.push(onu);
    return onu;
  }
  unplug(serial: string): void {
    for (const onu of this.onus) if (onu.serial.toLowerCase() === serial.toLowerCase()) onu.lit = false;
  }

  /** Fills the core with ONUs that have been up for long, for tests of size. */
  fill(count: number, oltId = this.olts[0]!.id): void {
    for (let index = 0; index < count; index += 1) {
      const serial = `BULK${index.toString(16).padStart(8, '0')}`;
      this.onus.push({
        id: `00000000-0000-4000-8000-${String(this.#next++).padStart(12, '0')}`, serial, oltId, ponPort: index % 16, onuId: (index % 128) + 1, vendorId: 'BULK',
        since: this.now - 86_400_000, lit: true, admin: 'ENABLED', rxPowerDbm: -20,
      });
    }
  }

  olt(id: string): SimOlt | undefined {
    return this.olts.find((one) => one.id === id);
  }
  onu(id: string): SimOnu | undefined {
    return this.onus.find((one) => one.id === id);
  }
  onuOfPort(port: string): SimOnu | undefined {
    return this.onus.find((onu) => onu.lit && port === this.uniName(onu));
  }
  uniName(onu: SimOnu): string {
    return `${onu.serial}-1`;
  }

  oltUp(olt: SimOlt | undefined): boolean {
    return olt !== undefined && olt.admin === 'ENABLED' && !olt.deaf && this.now >= olt.enabledAt + OLT_UP_AFTER_MS;
  }
  /** The OLT's id in the controller. */
  openflowId(olt: SimOlt): string {
    return `of:${Buffer.from(olt.serial).toString('hex').slice(-16).padStart(16, '0')}`;
  }

  /** Where the ONU stands now. */
  view(onu: SimOnu): OnuView {
    const hadUni = this.now - onu.since >= READY_AFTER_MS;
    if (!onu.lit || onu.blocked || !this.oltUp(this.olt(onu.oltId))) return { oper: 'DISCOVERED', connect: 'UNREACHABLE', reason: 'stopping-openomci', hasUni: hadUni };
    if (onu.admin === 'DISABLED') return { oper: 'UNKNOWN', connect: 'REACHABLE', reason: 'omci-admin-lock', hasUni: true };
    if (onu.stuck) return { oper: 'ACTIVATING', connect: 'REACHABLE', reason: onu.stuck, hasUni: false };
    if (onu.rebootedAt !== undefined && this.now - onu.rebootedAt < 3_000) return { oper: 'REBOOTED', connect: 'UNREACHABLE', reason: 'rebooting', hasUni: true };
    const age = (this.now - onu.since) / 1000;
    const [, oper, reason] = [...STAGES].reverse().find(([after]) => age >= after) ?? STAGES[0]!;
    if (oper !== 'ACTIVE') return { oper, connect: 'REACHABLE', reason, hasUni: hadUni };
    const flows = this.flows(onu);
    const settled = flows === 'all' ? 'omci-flows-pushed' : flows === 'some' ? 'tech-profile-config-download-success' : reason;
    return { oper, connect: 'REACHABLE', reason: settled, hasUni: true };
  }

  /** Flows go in when both the service is on and the port is up, and take a few seconds. */
  flows(onu: SimOnu): 'none' | 'some' | 'all' {
    if (onu.flowsAt === undefined || !onu.lit || onu.admin !== 'ENABLED') return 'none';
    const start = Math.max(onu.flowsAt, onu.since + READY_AFTER_MS);
    return this.now >= start + FLOWS_TAKE_MS ? 'all' : this.now >= start + FLOWS_TAKE_MS / 4 ? 'some' : 'none';
  }
}
