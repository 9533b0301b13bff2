import type { FastifyInstance, FastifyReply } from 'fastify';
import { inTurns, refuse, type Refused } from '../../../../core/src/index.ts';
import { routr, type SipAccounts, type SipState } from '../../../routr/src/index.ts';
import type { SipAccountState } from '../api.ts';
import { deviceSettings } from '../deviceSettings.ts';
import type { Parts } from '../parts.ts';
import { answer, hubError } from '../replies.ts';
import { mintPassword } from '../vault.ts';
import { object, ok, serial } from './shapes.ts';

const params = object({ serial }, ['serial']);
type At = { Params: { serial: string } };
/** The telephone line of a device as the vault has it. */
interface Line { readonly key: string; readonly username: string; readonly domain: string; readonly password: string }
type Done = { readonly state: SipState | 'absent'; readonly changed: boolean };

/**
 * The SIP account of a device with a telephone line, kept in Routr (S1-170). The password goes from the vault to Routr and, by the ACS, to the
 * device; a caller never sees it. Without Routr every call answers `notManaged`, so that workflows pass over the step.
 */
export function sipAccountRoutes(app: FastifyInstance, { db, clock, config, vault, random }: Parts): void {
  const where = config.routr;
  const client = where && routr({ address: where.address, tls: where.tls ?? false, clock, ...(where.authorization ? { metadata: { authorization: where.authorization } } : {}) });
  app.addHook('onClose', async () => client?.close());
  // Two calls for one device at once would each make credentials.
  const inTurn = inTurns();

  async function lineOf(of: string): Promise<Line | undefined> {
    const [kept] = await deviceSettings(vault).find(db, [of]);
    if (!kept) throw hubError('notFound', 'devices.sipAccount', 'No settings are kept for this device.', 'They are put by the provisioning step of an order.');
    const { voip } = kept.settings;
    const { voip: password } = kept.secrets();
    return voip && password !== undefined ? { key: kept.orderId, username: voip.username, domain: voip.domain, password } : undefined;
  }
  /** The line of the device, done with, told without its password. */
  const handle = (work: (accounts: SipAccounts, line: Line) => Promise<Done>) => async ({ params: { serial: given } }: { params: At['Params'] }, reply: FastifyReply): Promise<SipAccountState | Refused> => {
    const of = given.toUpperCase();
    const line = await lineOf(of);
    if (!line) return answer(reply, refuse('noPhoneLine', 'This device carries no telephone line.', { path: 'serial', hint: 'Put its settings with voip first.' }));
    const { key, username, domain } = line;
    const told = { type: 'sipAccount', serial: of, orderId: key, username, domain, aor: `sip:${username}@${domain}` } as const;
    if (!client) return { ...told, state: 'notManaged', changed: false };
    const { state, changed } = await inTurn(of, () => work(client.accounts, line));
    return { ...told, state, changed };
  };
  const schema = (summary: string) => ({ schema: { tags: ['devices'], summary, params, response: ok('SipAccountState (no password)') } });

  app.put<At>('/v1/devices/:serial/sip-account', schema('Makes the SIP account of a device in Routr, or repairs its password; one that is suspended stays so'), handle((accounts, line) => accounts.ensure(line)));
  app.get<At>('/v1/devices/:serial/sip-account', schema('How the SIP account of a device stands in Routr'), handle(async (accounts, line) => ({ state: (await accounts.get(line))?.state ?? 'absent', changed: false })));
  app.post<At>('/v1/devices/:serial/sip-account/suspend', schema('No call goes out and the phone registers no more'), handle((accounts, line) => accounts.suspend({ ...line, parked: mintPassword(random, 32) })));
  app.post<At>('/v1/devices/:serial/sip-account/resume', schema('The undo of suspend'), handle((accounts, line) => accounts.resume(line)));
  app.delete<At>('/v1/devices/:serial/sip-account', schema('Removes the SIP account of a device and its credentials; not there already is fine'), handle(async (accounts, line) => ({ state: 'absent', ...(await accounts.remove(line)) })));
}
