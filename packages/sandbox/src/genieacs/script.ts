// Runs real provision scripts (node:vm, because GenieACS does the same), so that what Leadlight installs is what is tested.
import vm from 'node:vm';
import type { AcsDevice } from './state.ts';
import { readFromCpe, writeToCpe } from './cpe.ts';

/** Answers `ext(file, function, ...args)`; rejects as a failing extension does. */
export type Extension = (file: string, name: string, args: readonly string[]) => Promise<unknown>;
export interface ScriptFault { readonly code: string; readonly message: string }

const PENDING = Symbol('ext');
// GenieACS allows 50 ms; here a busy test machine must not look like a faulty script.
const SCRIPT_MS = 5_000;

/**
 * One script, restarted after each `ext` call as GenieACS does; writes happen at the end. Returns the fault it ended with, if any.
 */
export async function runScript(device: AcsDevice, script: string, extension: Extension, now: string, events: Readonly<Record<string, number>>): Promise<ScriptFault | null> {
  const answers = new Map<string, { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: Error }>();
  for (let round = 0; round < 32; round += 1) {
    const writes: (readonly [string, unknown])[] = [];
    let pending: readonly string[] | null = null;
    const virtual: Record<string, unknown> = {
      'DeviceID.ID': device.id, 'DeviceID.SerialNumber': device.serial, 'DeviceID.OUI': device.oui, 'DeviceID.ProductClass': device.productClass,
      ...Object.fromEntries(Object.entries(events).map(([name, ms]) => [`Events.${name.replace(/ /g, '_')}`, ms])),
    };
    const one = (path: string) => ({ path, size: 1, ...(path in virtual ? { value: [virtual[path], 'xsd:string'] } : value(device, path, now)) });
    const declare = (pattern: string, _age?: object | null, wanted?: { value?: unknown } | null) => {
      if (pattern.startsWith('Downloads.')) {
        if (wanted && 'value' in wanted) writes.push([pattern, wanted.value]);
        return { path: pattern, size: 1, value: undefined, [Symbol.iterator]: () => [][Symbol.iterator]() };
      }
      const paths = pattern in virtual ? [pattern] : expand(device, pattern);
      if (wanted && 'value' in wanted) {
        if (pattern.startsWith('Tags.')) writes.push([pattern, wanted.value]);
        for (const path of paths) writes.push([path, wanted.value]);
      }
      const found = paths.map(one);
      return { path: found[0]?.path ?? pattern, size: found.length, value: (found[0] as { value?: unknown } | undefined)?.value, [Symbol.iterator]: () => found[Symbol.iterator]() };
    };
    const ext = (...args: string[]) => {
      const key = JSON.stringify(args);
      const known = answers.get(key);
      if (known?.ok) return structuredClone(known.value);
      if (known) throw known.error;
      pending = args;
      throw PENDING;
    };
    try {
      vm.runInNewContext(`"use strict";(function(){${script}\n})();`, { declare, ext, clear: (root: string) => forget(device, root), commit: () => undefined, log: () => undefined, args: [], Date: fixedDate(now) }, { timeout: SCRIPT_MS });
    } catch (error) {
      if (error !== PENDING) {
        const failed = error as Error & { code?: string };
        return { code: failed.code ?? `script.${failed.name}`, message: failed.message };
      }
    }
    const call = pending as readonly string[] | null;
    if (!call) {
      for (const [path, wanted] of writes) {
        if (path.startsWith('Downloads.')) declareDownload(device, path, wanted);
        else if (path.startsWith('Tags.')) device.tags[wanted ? 'add' : 'delete'](path.slice(5));
        else writeToCpe(device, path, wanted as never, now);
      }
      return null;
    }
    const [file = '', name = '', ...args] = call;
    answers.set(JSON.stringify(call), await extension(file, name, args).then(
      (answer) => ({ ok: true as const, value: answer }),
      (error: Error) => ({ ok: false as const, error: Object.assign(new Error(error.message), { code: `ext.${error.name}` }) }),
    ));
  }
  return { code: 'too_many_cycles', message: 'Too many provision cycles' };
}

function value(device: AcsDevice, path: string, now: string): { value?: readonly [unknown, string] } {
  readFromCpe(device, [path], now);
  const known = device.known.get(path);
  return known ? { value: [known.value, known.type] } : {};
}

/** Existing paths for a pattern; objects count as well as parameters. */
function expand(device: AcsDevice, pattern: string): string[] {
  const depth = pattern.split('.').length;
  const test = new RegExp(`^${pattern.split('.').map((part) => (part === '*' ? '[^.]+' : part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))).join('\\.')}$`);
  const found = new Set<string>();
  for (const path of device.tree.keys()) {
    const cut = path.split('.').slice(0, depth).join('.');
    if (test.test(cut)) found.add(cut);
  }
  return [...found];
}

function forget(device: AcsDevice, root: string): void {
  for (const path of [...device.known.keys()]) if (path === root || path.startsWith(`${root}.`)) device.known.delete(path);
}

/** A download is ordered when its declared time is later than that of the last one. */
function declareDownload(device: AcsDevice, path: string, wanted: unknown): void {
  if (path.endsWith('.FileName')) device.download.fileName = String(wanted);
  if (path.endsWith('.Download') && Number(wanted) > device.download.at) Object.assign(device.download, { at: Number(wanted), wanted: true });
}

function fixedDate(now: string): DateConstructor {
  const at = Date.parse(now);
  return class extends Date {
    constructor(...args: unknown[]) {
      super(...((args.length === 0 ? [at] : args) as [number]));
    }
    // GenieACS' own: the begin of the current interval; here without the spread it gives each device.
    static override now(intervalMs?: number): number {
      return intervalMs ? Math.trunc(at / intervalMs) * intervalMs : at;
    }
  } as DateConstructor;
}
