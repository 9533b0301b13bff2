import { readFileSync } from 'node:fs';
import type { Clock } from '../../../core/src/index.ts';
import type { Db } from '../../journal/src/index.ts';
import { readSignal, type DeviceSignal, type Signal } from '../../oktopus/src/index.ts';
import type { HubConfig } from './config.ts';
import type { Events } from './deps.ts';
import { listenMqtt } from './listenMqtt.ts';
import { listenNats } from './listenNats.ts';
import { recordSignal } from './recordSignal.ts';

export interface ListenerOptions {
  readonly url: string;
  readonly ca?: string;
  readonly retryMs: number;
  /** What the broker knows the hub by; a second hub needs another. */
  readonly name: string;
  readonly receive: (signal: Signal) => void;
  /** What a person should know, in a few words. */
  readonly note: (what: string) => void;
}
export interface Listener {
  state(): 'connecting' | 'connected';
  close(): Promise<void>;
}
export interface DeviceIntakeState {
  readonly nats: 'off' | 'connecting' | 'connected';
  readonly mqtt: 'off' | 'connecting' | 'connected';
  readonly received: number;
  readonly recorded: number;
  readonly repeated: number;
  readonly malformed: number;
  /** Lost, because the database did not keep up or did not take them. */
  readonly dropped: number;
}
export interface DeviceIntake {
  state(): DeviceIntakeState;
  /** When everything that has come so far is in the log. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

const MOST_WAITING = 10_000;

/**
 * Takes in what Oktopus tells over NATS and MQTT and puts it into the log, one message after the other (S1-137, acs.md 3.6). A broker that
 * is away is waited for; a message that cannot be read is counted and reported, and the next one is read.
 * @example const intake = startDeviceEvents({ db, events, clock, config, report: console.error }); await intake.close();
 */
export function startDeviceEvents({ db, events, clock, config, report, retryMs = 2_000, name = 'leadlight-hub' }: { readonly db: Db; readonly events: Events; readonly clock: Clock; readonly config: HubConfig; readonly report: (line: string) => void; readonly retryMs?: number; readonly name?: string }): DeviceIntake {
  const { natsUrl, mqttUrl, caFile, announce = false } = config.oktopusEvents ?? {};
  const ca = caFile ? readFileSync(caFile, 'utf8') : undefined;
  const counts = { received: 0, recorded: 0, repeated: 0, malformed: 0, dropped: 0 };
  let waiting = 0;
  let tail: Promise<void> = Promise.resolve();
  const said = new Map<string, string>();

  async function take(signal: Signal): Promise<void> {
    const reading = readSignal(signal);
    if (reading.type === 'ignored') return;
    if (reading.type === 'malformed') {
      counts.malformed += 1;
      // The first, and then ever more seldom: a device that goes on so must not fill the log.
      if (Number.isInteger(Math.log2(counts.malformed))) report(`oktopus ${signal.via}: a message on ${signal.subject.slice(0, 120)} cannot be read: ${reading.because} (${counts.malformed} so far)`);
      return;
    }
    for (const event of reading.events) {
      const result = await recordSignal({ db, events, clock }, event);
      counts[result] += 1;
      if (result === 'recorded' && announce && event.event === 'bootstrap' && !signal.subject.startsWith('device/bootstrap/')) tellSeed(event);
    }
  }
  function receive(signal: Signal): void {
    counts.received += 1;
    if (waiting >= MOST_WAITING) return void (counts.dropped += 1);
    waiting += 1;
    tail = tail
      .then(() => take(signal))
      .catch((error: Error) => {
        counts.dropped += 1;
        report(`oktopus ${signal.via}: a message could not be recorded: ${error.name}`);
      })
      .finally(() => void (waiting -= 1));
  }
  const listener = (via: string, url: string): ListenerOptions => ({
    url, retryMs, name, receive, ...(ca === undefined ? {} : { ca }),
    note: (what) => {
      if (said.get(via) !== what) report(`oktopus ${via}: ${what}`);
      said.set(via, what);
    },
  });
  const nats = natsUrl ? listenNats(listener('nats', natsUrl)) : undefined;
  const mqtt = mqttUrl ? listenMqtt(listener('mqtt', mqttUrl)) : undefined;
  /** What the seed wants to hear, for those who listen to MQTT rather than to the hub. */
  function tellSeed({ serial, oui, productClass, vendor = '', model = '', firmware = '', ip = '' }: DeviceSignal): void {
    mqtt?.publish(`device/bootstrap/${serial}`, JSON.stringify({ oui, productClass, vendor, model, firmware, ip }));
  }

  return {
    state: () => ({ nats: nats?.state() ?? 'off', mqtt: mqtt?.state() ?? 'off', ...counts }),
    idle: async () => {
      for (let before: Promise<void> | undefined; before !== tail; ) await (before = tail);
    },
    close: async () => {
      await Promise.all([nats?.close(), mqtt?.close()]);
      await tail;
    },
  };
}
