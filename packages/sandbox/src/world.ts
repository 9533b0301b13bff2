import type { Clock, Instant } from '../../../core/src/index.ts';

/** A clock that moves only when told; `sleep` returns at once and moves it, so polling clients never wait. */
export class VirtualClock implements Clock {
  #at: number;
  /** `real: true` follows the machine's clock plus whatever was advanced, for `npm start`. */
  readonly #real: boolean;
  constructor(start: Instant, real = false) {
    this.#real = real;
    this.#at = real ? 0 : Date.parse(start);
  }
  get ms(): number {
    return this.#real ? Date.now() + this.#at : this.#at;
  }
  now(): Instant {
    return new Date(this.ms).toISOString();
  }
  advance(ms: number): void {
    this.#at += ms;
  }
  async sleep(ms: number): Promise<void> {
    if (this.#real) await new Promise((resolve) => setTimeout(resolve, ms));
    else this.#at += ms;
  }
}

/** A fault to be met by the next matching calls of one system. */
export interface Fault {
  readonly system: string;
  /** HTTP verb, or `GRPC` / `UDP`. */
  readonly method?: string;
  /** Regular expression on the decoded path, or the name of the gRPC call. */
  readonly path?: string;
  /** How many matching calls pass before the first meets it; default 0. */
  readonly skip?: number;
  /** How many calls meet it; default 1. */
  readonly times?: number;
  readonly kind:
    | 'status' // answer `status` with `body` instead of working
    | 'hangBefore' // never answer, nothing done
    | 'hangAfter' // do the work, never answer
    | 'resetBefore' // cut the connection, nothing done
    | 'resetAfter' // do the work, then cut the connection
    | 'html' // a proxy's page (status, default 502), nothing done
    | 'htmlAfter' // do the work, answer with a proxy's page
    | 'truncate'; // do the work, cut the JSON in half
  readonly status?: number;
  readonly body?: unknown;
}

/** One call a simulated system received, for assertions from outside. Bodies are kept; headers that carry secrets are not. */
export interface Call {
  readonly at: Instant;
  readonly system: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  status?: number;
}

/** What all simulated systems share: one virtual clock, faults on demand, a record of calls, and the cables between them. */
export class World {
  readonly clock: VirtualClock;
  readonly calls: Call[] = [];
  #faults: { fault: Fault; left: number; pass: number }[] = [];
  readonly #listeners = new Map<string, ((data: never) => void | Promise<void>)[]>();

  constructor(start: Instant = '2026-04-01T13:00:00.000Z', real = false) {
    this.clock = new VirtualClock(start, real);
  }

  inject(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1, pass: fault.skip ?? 0 });
  }
  /** Faults that have not been met yet. */
  get waiting(): readonly Fault[] {
    return this.#faults.filter(({ left }) => left > 0).map(({ fault, left }) => ({ ...fault, times: left }));
  }
  clearFaults(): void {
    this.#faults = [];
  }
  takeFault(system: string, method: string, path: string): Fault | undefined {
    const hit = this.#faults.find(
      ({ fault, left }) => left > 0 && fault.system === system && (!fault.method || fault.method === method) && (!fault.path || new RegExp(fault.path).test(path)),
    );
    if (!hit) return undefined;
    if (hit.pass > 0) {
      hit.pass -= 1;
      return undefined;
    }
    hit.left -= 1;
    return hit.fault;
  }

  /** Physical events that cross systems, e.g. `ont.plugged` makes VOLTHA discover it and the CPE inform GenieACS. */
  on<T>(event: string, listener: (data: T) => void | Promise<void>): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener as never]);
  }
  async emit<T>(event: string, data: T): Promise<void> {
    for (const listener of this.#listeners.get(event) ?? []) await listener(data as never);
  }
}

/** A technician connects a fibre and powers an ONT (and what hangs behind it). */
export interface OntPlugged {
  readonly serial: string;
  readonly oltIp: string;
  readonly ponPort: number;
  readonly productClass: string;
  readonly oui: string;
  readonly rxPowerDbm?: number;
}
/** A CPE's ManagementServer.URL was written by whoever managed it; it ends its session and calls the ACS of the new URL. */
export interface CpeAcsChanged {
  readonly serial: string;
  readonly url: string;
}
/** A CPE (ONT or mesh router) informs the ACS for the first time or again. */
export interface CpeInforms {
  readonly serial: string;
  readonly oui: string;
  readonly productClass: string;
  readonly event: '0 BOOTSTRAP' | '1 BOOT' | '2 PERIODIC';
  readonly ip?: string;
}
