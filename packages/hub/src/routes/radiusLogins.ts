import type { FastifyInstance } from 'fastify';
import { isVendorError } from '../../../../core/src/index.ts';
import { accessRequest, statusServer, type LoginAnswer, type SubscriberState } from '../../../radius/src/index.ts';
import type { RadiusLogin } from '../api.ts';
import { hubError } from '../replies.ts';
import { account, describe, type At, type Need } from './radiusShapes.ts';
import { object } from './shapes.ts';

/** Asking the RADIUS server itself, as a router does. */
export function radiusLoginRoutes(app: FastifyInstance, need: Need): void {
  const peerFor = (operation: string) => {
    const peer = need(operation).config.radius?.server;
    if (!peer) throw hubError('unavailable', operation, 'This hub does not know the RADIUS server.', 'Set LEADLIGHT_RADIUS_SERVER and LEADLIGHT_RADIUS_SECRET, and make this machine a client of that server.');
    return peer;
  };

  app.post<At & { Body: { method?: 'pap' | 'chap' } }>(
    '/v1/radius/subscribers/:username/test-login',
    { ...describe('Logs in as the subscriber and compares the answer with the tables; the password stays in the hub', 'RadiusLogin', { params: account, body: object({ method: { type: 'string', enum: ['pap', 'chap'] } }) }), config: { access: 'read' } },
    async ({ params, body }): Promise<RadiusLogin> => {
      const { store, random } = need('radius.testLogin');
      const peer = peerFor('radius.testLogin');
      const state = await store.get(params.username);
      if (state.access === 'absent') throw hubError('notFound', 'radius.testLogin', 'RADIUS has no such account.', 'Create it first.');
      const password = await store.password(params.username);
      if (password === null) throw hubError('rejectedInput', 'radius.testLogin', 'The password of this account is kept hashed, so nobody can log in for it.', 'Try it with the customer’s router.');
      const method = body?.method ?? 'pap';
      const answer = await accessRequest(peer, { username: params.username, password, nasIp: '127.0.0.1', method }, random);
      return { type: 'radiusLogin', username: params.username, method, result: answer.type, attributes: joined(answer), ...compare(state, answer) };
    },
  );

  app.get('/v1/radius/server', describe('Whether the RADIUS server is up and knows the hub (Status-Server)', 'RadiusServer'), async () => {
    const peer = peerFor('radius.server');
    try {
      return { type: 'radiusServer', answers: true, attempts: (await statusServer(peer, need('radius.server').random, { firstMs: 1_000 })).attempts };
    } catch (error) {
      if (isVendorError(error) && error.kind === 'timedOut') return { type: 'radiusServer', answers: false, attempts: 3, message: error.message, hint: error.hint };
      throw error;
    }
  });
}

function joined({ attributes }: LoginAnswer): Readonly<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const [name, value] of attributes) out[name] = name in out ? `${out[name]}; ${value}` : String(value);
  return out;
}
/** The tables say what must come; the server may add its own. An attribute unknown to this client's dictionary cannot be compared. */
function compare(state: SubscriberState, answer: LoginAnswer): { readonly agrees: boolean; readonly differs: readonly string[] } {
  const expected = state.access === 'rejected' ? 'rejected' : 'accepted';
  if (answer.type !== expected) return { agrees: false, differs: ['result'] };
  if (expected === 'rejected') return { agrees: true, differs: [] };
  const came = new Set(answer.attributes.map(([name, value]) => `${name}=${value}`));
  const differs = [...new Set(state.answer.filter(([name, value]) => !came.has(`${name}=${value}`)).map(([name]) => name))];
  return { agrees: differs.length === 0, differs };
}
