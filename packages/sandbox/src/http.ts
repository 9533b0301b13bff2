// node:http rather than a framework: reason phrases, cut replies and reset sockets are what this server is for.
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { World } from './world.ts';

export interface SimRequest {
  readonly method: string;
  /** As sent, still percent-encoded, without the query. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  readonly bytes: Buffer;
}
export interface SimReply {
  readonly status: number;
  readonly reason?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or bytes go out as they are; anything else as JSON; undefined is an empty body. */
  readonly body?: unknown;
}
export type SimHandler = (request: SimRequest) => SimReply | Promise<SimReply>;

export interface Running {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Serves one simulated system on loopback, with the world's faults applied around its handler. */
export async function serve(world: World, system: string, handler: SimHandler, port = 0): Promise<Running> {
  const sockets = new Set<Socket>();
  const server = http.createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const [rawPath = '/', rawQuery = ''] = (req.url ?? '/').split(/\?(.*)/s);
    const method = req.method ?? 'GET';
    const call = { at: world.clock.now(), system, method, path: rawPath, query: rawQuery, body: bytes.toString('utf8'), status: 0 };
    world.calls.push(call);
    if (world.calls.length > 20_000) world.calls.splice(0, 5_000);
    const fault = world.takeFault(system, method, safeDecode(rawPath));
    if (fault?.kind === 'hangBefore') return;
    if (fault?.kind === 'resetBefore') return void req.socket.destroy();
    if (fault?.kind === 'status') return write(res, { status: fault.status ?? 500, body: fault.body });
    const page = { status: fault?.status ?? 502, headers: { 'content-type': 'text/html' }, body: '<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>' };
    if (fault?.kind === 'html') return write(res, page);
    let reply: SimReply;
    try {
      reply = await handler({ method, rawPath, query: new URLSearchParams(rawQuery), headers: req.headers, text: bytes.toString('utf8'), bytes });
    } catch (error) {
      console.error(`sandbox ${system} ${method} ${rawPath}:`, error);
      reply = { status: 500, body: { error: 'sandbox fault, see its log' } };
    }
    call.status = reply.status;
    if (fault?.kind === 'hangAfter') return;
    if (fault?.kind === 'resetAfter') return void req.socket.destroy();
    if (fault?.kind === 'htmlAfter') return write(res, page);
    write(res, reply, fault?.kind === 'truncate');
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const at = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${at}`,
    port: at,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function safeDecode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function write(res: http.ServerResponse, reply: SimReply, truncate = false): void {
  const raw = reply.body === undefined ? '' : typeof reply.body === 'string' || Buffer.isBuffer(reply.body) ? reply.body : JSON.stringify(reply.body);
  const headers: Record<string, string> = { ...(reply.body !== undefined && typeof reply.body !== 'string' && !Buffer.isBuffer(reply.body) ? { 'content-type': 'application/json' } : {}), ...reply.headers };
  res.writeHead(reply.status, reply.reason ?? http.STATUS_CODES[reply.status] ?? 'Unknown', headers);
  if (truncate) res.end(raw.slice(0, Math.floor(raw.length / 2)));
  else res.end(raw);
}
