// The NBI of GenieACS 1.2.16 as measured: routes, status lines, plain-text errors, and the requests it does not survive (acs.md 1.1-1.9).
import vm from 'node:vm';
import type { SimHandler, SimReply, SimRequest } from '../http.ts';
import type { World } from '../world.ts';
import type { Acs } from './acs.ts';
import { Crash, find } from './mongo.ts';
import { document } from './state.ts';
import { postTask } from './taskRoute.ts';

const ID = '([a-zA-Z0-9\\-_%]+)';
const NAMES: Readonly<Record<string, string>> = { virtual_parameters: 'virtualParameters' };
const EMPTY = ['objects', 'operations', 'permissions', 'users', 'config', 'cache', 'locks', 'views'];

const plain = (status: number, text: string, headers: Record<string, string> = {}): SimReply => ({ status, headers, body: text });
const notAllowed = (allow: string): SimReply => plain(405, '405 Method Not Allowed', { allow });
/** A worker that died never answers. */
const dead = (): Promise<SimReply> => new Promise(() => undefined);

/** @example serve(world, 'genieacs', nbi(world, acs(world))) */
export function nbi(world: World, acs: Acs): SimHandler {
  const { state } = acs;

  const route = async (request: SimRequest): Promise<SimReply> => {
    const { method, rawPath } = request;
    const on = (pattern: string): string[] | null => new RegExp(`^${pattern}/?$`).exec(rawPath)?.slice(1).map(decode) ?? null;
    let hit: string[] | null;
    if ((hit = on(`/devices/${ID}/tasks`))) return method === 'POST' ? postTask(world, acs, hit[0]!, request) : notAllowed('POST');
    if ((hit = on(`/devices/${ID}/tags/${ID}`))) {
      if (method !== 'POST' && method !== 'DELETE') return notAllowed('POST, DELETE');
      const device = state.devices.get(hit[0]!);
      if (!device) return plain(404, 'No such device');
      if (method === 'POST') device.tags.add(hit[1]!);
      else device.tags.delete(hit[1]!);
      return { status: 200 };
    }
    if ((hit = on(`/devices/${ID}`))) {
      if (method !== 'DELETE') return notAllowed('DELETE');
      if (state.devices.get(hit[0]!)?.inSession) return plain(503, 'Device is in session');
      state.devices.delete(hit[0]!);
      state.tasks = state.tasks.filter((task) => task.device !== hit![0]);
      for (const fault of [...state.faults.values()]) if (fault.device === hit[0]) state.faults.delete(fault._id);
      return { status: 200 };
    }
    if ((hit = on(`/tasks/${ID}/retry`))) {
      if (method !== 'POST') return notAllowed('POST');
      objectId(hit[0]!);
      const task = state.tasks.find((one) => one._id === hit![0]);
      if (!task) throw new Crash('Cannot read properties of null');
      if (state.devices.get(task.device ?? '')?.inSession) return plain(503, 'Device is in session');
      state.faults.delete(`${task.device}:task_${task._id}`);
      return { status: 200 };
    }
    if ((hit = on(`/tasks/${ID}`))) {
      if (method !== 'DELETE') return notAllowed('DELETE');
      objectId(hit[0]!);
      const task = state.tasks.find((one) => one._id === hit![0]);
      if (!task) return plain(404, 'Task not found');
      if (state.devices.get(task.device ?? '')?.inSession) return plain(503, 'Device is in session');
      state.tasks = state.tasks.filter((one) => one !== task);
      state.faults.delete(`${task.device}:task_${task._id}`);
      return { status: 200 };
    }
    if ((hit = on('/faults/([a-zA-Z0-9\\-_%:]+)'))) {
      if (method !== 'DELETE') return notAllowed('DELETE');
      const [device = '', channel = ''] = hit[0]!.split(/:(.*)/s);
      if (state.devices.get(device)?.inSession) return plain(503, 'Device is in session');
      state.faults.delete(hit[0]!);
      if (channel.startsWith('task_')) state.tasks = state.tasks.filter((task) => task._id !== channel.slice(5));
      return { status: 200 };
    }
    if ((hit = on(`/presets/${ID}`))) {
      if (method !== 'PUT' && method !== 'DELETE') return notAllowed('PUT, DELETE');
      if (method === 'DELETE') state.presets.delete(hit[0]!);
      else {
        const preset = json(request.text);
        if (preset instanceof Error) return plain(400, `${preset.name}: ${preset.message}`);
        state.presets.set(hit[0]!, { ...(preset as object), _id: hit[0]! });
      }
      return { status: 200 };
    }
    for (const [where, shelf] of [['provisions', state.provisions], ['virtual_parameters', state.virtualParameters]] as const) {
      if ((hit = on(`/${where}/${ID}`))) return script(shelf, hit[0]!, request);
    }
    if ((hit = on("/files/([a-zA-Z0-9%!*'();:@&=+$,?#[\\]\\-_.~]+)"))) return storedFile(hit[0]!, request);
    if ((hit = on('/ping/([a-zA-Z0-9\\-_.:]+)'))) return ping(hit[0]!);
    if ((hit = on('/([a-zA-Z_]+)'))) return collection(hit[0]!, request);
    return plain(404, '404 Not Found');
  };

  function script(shelf: Map<string, string>, name: string, { method, text }: SimRequest): SimReply {
    if (method !== 'PUT' && method !== 'DELETE') return notAllowed('PUT, DELETE');
    if (method === 'DELETE') shelf.delete(name);
    else {
      try {
        new vm.Script(`"use strict";(function(){\n${text}\n})();`);
      } catch (error) {
        return plain(400, `SyntaxError: ${(error as Error).message}`);
      }
      shelf.set(name, text);
    }
    return { status: 200 };
  }

  function storedFile(name: string, { method, headers, bytes }: SimRequest): SimReply {
    if (method !== 'PUT' && method !== 'DELETE') return notAllowed('PUT, DELETE');
    if (method === 'DELETE') {
      if (!state.files.delete(name)) throw new Crash(`File not found for id ${name}`);
      return { status: 200 };
    }
    const metadata = Object.fromEntries(['fileType', 'oui', 'productClass', 'version'].map((field) => [field, (headers[field.toLowerCase()] as string | undefined) ?? null]));
    state.files.set(name, { bytes, metadata, uploadDate: world.clock.now() });
    return { status: 201 };
  }

  /** A CPE that is on answers; silence is a 500 with the shell's words, as is a host without ping. */
  function ping(host: string): SimReply {
    const failed = `Error: Command failed: ping -w 1 -i 0.2 -c 3 ${host}\n`;
    if (!state.hasPing) return plain(500, `${failed}/bin/sh: 1: ping: not found\n`);
    if (![...state.devices.values()].some((device) => device.ip === host && device.online)) return plain(500, failed);
    return plain(200, `PING ${host} (${host}) 56(84) bytes of data.\n\n--- ${host} ping statistics ---\n3 packets transmitted, 3 received, 0% packet loss, time 401ms\nrtt min/avg/max/mdev = 1.020/1.250/1.480/0.190 ms\n`, { 'content-type': 'text/plain' });
  }

  function documents(name: string, bare: boolean): readonly Record<string, unknown>[] | null {
    switch (name) {
      case 'devices': return [...state.devices.values()].map((device) => document(device, bare));
      case 'virtualParameters': return [...state.virtualParameters].map(([_id, text]) => ({ _id, script: text }));
      case 'files': return [...state.files].map(([_id, { bytes, metadata, uploadDate }]) => ({ _id, length: bytes.length, chunkSize: 261_120, uploadDate, filename: _id, metadata }));
      case 'tasks': return state.tasks as Record<string, unknown>[];
      case 'faults': return [...state.faults.values()] as unknown as Record<string, unknown>[];
      case 'presets': return [...state.presets.values()];
      case 'provisions': return [...state.provisions].map(([_id, script]) => ({ _id, script }));
      default: return EMPTY.includes(name) ? [] : null;
    }
  }

  function collection(raw: string, { method, query }: SimRequest): SimReply {
    const name = NAMES[raw] ?? raw;
    // Nobody asks for parameters: then they need not be put together.
    const bare = (query.get('projection') ?? 'all').split(',').every((path) => path.startsWith('_')) && !/"(?![_$])[^"]+"\s*:/.test(query.get('query') ?? '') && !/"(?!_)[^"]+"\s*:/.test(query.get('sort') ?? '');
    const docs = documents(name, bare);
    if (!docs) return plain(404, '404 Not Found');
    if (method !== 'GET' && method !== 'HEAD') return notAllowed('GET, HEAD');
    const where = json(query.get('query') ?? '{}');
    if (where instanceof Error) return plain(400, `${where.name}: ${where.message}`);
    const sort = query.has('sort') ? json(query.get('sort')!) : undefined;
    if (sort instanceof Error) return plain(400, `${sort.name}: ${sort.message}`);
    const projection = query.get('projection')?.split(',').map((path) => path.trim()).filter(Boolean);
    const { total, page } = find(docs, {
      query: where as Record<string, unknown>,
      ...(sort ? { sort: sort as Record<string, 1 | -1> } : {}),
      ...(projection?.length ? { projection } : {}),
      skip: Number.parseInt(query.get('skip') ?? '', 10) || 0,
      limit: Number.parseInt(query.get('limit') ?? '', 10) || 0,
    }, name);
    return { status: 200, headers: { total: String(total), 'content-type': 'application/json' }, ...(method === 'HEAD' ? {} : { body: JSON.stringify(page) }) };
  }

  return async (request) => {
    await acs.settle();
    try {
      const reply = await route(request);
      return { ...reply, headers: { 'GenieACS-Version': state.version, ...reply.headers }, ...(state.stripReasons ? { reason: '' } : {}) };
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      state.crashes += 1;
      return dead();
    }
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Crash('URI malformed');
  }
}

function objectId(id: string): void {
  if (!/^[0-9a-f]{24}$/i.test(id)) throw new Crash('Argument passed in must be a string of 24 hex characters');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return error as Error;
  }
}
