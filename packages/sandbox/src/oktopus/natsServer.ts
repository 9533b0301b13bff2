// A NATS server as far as publishers and subscribers need one: the core text protocol with wildcards, a login, and drops on demand. The real
// one is a Go program that no npm package carries.
import net, { type AddressInfo, type Socket } from 'node:net';

export interface NatsServer {
  readonly url: string;
  readonly port: number;
  /** Subjects subscribed to now. */
  subscribed(): readonly string[];
  publish(subject: string, payload: string | Uint8Array): void;
  /** Cuts every connection and stops listening; `NatsServer` can be started again on the same port. */
  close(): Promise<void>;
}
interface Subscription { readonly sid: string; readonly subject: string }

/** Whether a subject meets a pattern with `*` and `>`. @example matches('cwmp.v1.*.info', 'cwmp.v1.A1.info') // true */
export function matches(pattern: string, subject: string): boolean {
  const wanted = pattern.split('.');
  const given = subject.split('.');
  for (const [i, token] of wanted.entries()) {
    if (token === '>') return given.length > i;
    if (given[i] === undefined || (token !== '*' && token !== given[i])) return false;
  }
  return wanted.length === given.length;
}

/** @example const nats = await startNats({ login: { user: 'oktopususer', pass: 'oktopuspw' } }); */
export async function startNats({ port = 0, login }: { readonly port?: number; readonly login?: { readonly user: string; readonly pass: string } } = {}): Promise<NatsServer> {
  const clients = new Map<Socket, Subscription[]>();
  const deliver = (subject: string, payload: Uint8Array): void => {
    for (const [socket, subscriptions] of clients) for (const { sid, subject: pattern } of subscriptions) if (matches(pattern, subject)) socket.write(Buffer.concat([Buffer.from(`MSG ${subject} ${sid} ${payload.length}\r\n`), payload, Buffer.from('\r\n')]));
  };
  const server = net.createServer((socket) => {
    clients.set(socket, []);
    socket.on('close', () => clients.delete(socket));
    socket.on('error', () => socket.destroy());
    const at = (server.address() as AddressInfo | null)?.port ?? port;
    socket.write(`INFO ${JSON.stringify({ server_id: 'SANDBOX', server_name: 'sandbox', version: '2.11.0', proto: 1, host: '127.0.0.1', port: at, headers: true, max_payload: 1_048_576, ...(login ? { auth_required: true } : {}) })}\r\n`);
    let waiting = Buffer.alloc(0);
    let publishing: { readonly subject: string; readonly size: number; readonly header: number } | undefined;
    const command = (line: string): void => {
      const [verb = '', ...args] = line.split(/\s+/);
      switch (verb.toUpperCase()) {
        case 'CONNECT': {
          const { user, pass } = JSON.parse(line.slice(line.indexOf('{'))) as { user?: string; pass?: string };
          if (login && (user !== login.user || pass !== login.pass)) socket.end("-ERR 'Authorization Violation'\r\n");
          return;
        }
        case 'PING': return void socket.write('PONG\r\n');
        case 'SUB': return void clients.get(socket)?.push({ subject: args[0]!, sid: args.at(-1)! });
        case 'UNSUB': return void clients.set(socket, (clients.get(socket) ?? []).filter(({ sid }) => sid !== args[0]));
        case 'PUB': return void (publishing = { subject: args[0]!, size: Number(args.at(-1)), header: 0 });
        case 'HPUB': return void (publishing = { subject: args[0]!, size: Number(args.at(-1)), header: Number(args.at(-2)) });
        default: return;
      }
    };
    socket.on('data', (chunk) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (;;) {
        if (publishing) {
          if (waiting.length < publishing.size + 2) return;
          deliver(publishing.subject, waiting.subarray(publishing.header, publishing.size));
          waiting = waiting.subarray(publishing.size + 2);
          publishing = undefined;
          continue;
        }
        const end = waiting.indexOf('\r\n');
        if (end < 0) return;
        const line = waiting.subarray(0, end).toString('utf8');
        waiting = waiting.subarray(end + 2);
        command(line);
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const listening = (server.address() as AddressInfo).port;
  return {
    url: `nats://${login ? `${login.user}:${login.pass}@` : ''}127.0.0.1:${listening}`,
    port: listening,
    subscribed: () => [...clients.values()].flat().map(({ subject }) => subject),
    publish: (subject, payload) => deliver(subject, typeof payload === 'string' ? new TextEncoder().encode(payload) : payload),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of clients.keys()) socket.destroy();
      }),
  };
}
