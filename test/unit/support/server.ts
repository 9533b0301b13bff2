import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Fixture { readonly url: string; close(): Promise<void> }

/** A server with the manners transports stumble over: odd reason phrases, redirects, silence, cut connections. */
export async function startFixture(): Promise<Fixture> {
  const sockets = new Set<Socket>();
  const server = http.createServer(async (request, reply) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const path = (request.url ?? '').split('?')[0];
    if (path === '/silent') return;
    if (path === '/reset') return void request.socket.destroy();
    if (path === '/moved') return void reply.writeHead(302, { location: '/login' }).end();
    if (path === '/teapot') return void reply.writeHead(418).end('<html>');
    reply.writeHead(202, 'Task faulted', { 'X-Total-Count': '3' }).end(JSON.stringify({ url: request.url, body, headers: request.headers }));
  });
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    }),
  };
}
