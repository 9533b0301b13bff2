// The systems that came later: SIP accounts, the other payment providers, the operator's own address search, vehicles, and the engine itself.
import { randomUUID } from 'node:crypto';
import { isSendFailure, fromSendFailure, type Clock, type Send } from '../../../../core/src/index.ts';
import { azureWire, type AzureOptions } from '../../../payments/src/azure/wire.ts';
import { paypalWire, type PaypalOptions } from '../../../payments/src/paypal/wire.ts';
import { routr, type ChannelOptions } from '../../../routr/src/index.ts';
import { traccarClient } from '../../../traccar/src/index.ts';
import { watched } from './checks.ts';
import { examine, type Examined } from './finding.ts';

const LOOPBACK = /^(127\.|localhost:|\[::1\])/;
const SHOWN = 5;

export const examineRoutr = (channel: ChannelOptions): Promise<Examined> =>
  examine('Routr', async (note) => {
    const client = routr(channel);
    try {
      await note.try(async () => {
        const { domains, accounts, unprotected } = await client.look();
        note.fact('domains', domains.slice(0, SHOWN).join(' ') || 'none');
        note.fact('accounts', accounts);
        if (domains.length === 0) note.find('noDomain', 'Routr has no SIP domain: no account can be made.', 'Create the domain of your telephone lines, with its networks and outgoing numbers.');
        if (unprotected.length > 0) note.find('unprotected', `${unprotected.length} agents have no credentials, and Routr lets anybody use them (${unprotected.slice(0, SHOWN).join(', ')}).`, 'Give them credentials, or delete them.');
      });
    } finally {
      client.close();
    }
    if (!channel.tls && !LOOPBACK.test(channel.address)) note.find('plainText', 'SIP passwords go to Routr in plain text, and it asks its callers for nothing.', 'Switch on TLS_ON in Routr and LEADLIGHT_ROUTR_TLS here, and let only the hub reach it.');
  });

export const examinePaypal = (options: Omit<PaypalOptions, 'clock'>, clock: Clock): Promise<Examined> =>
  examine('PayPal', async (note) => {
    // An order nobody made: the answer shows that the token is good.
    await note.try(async () => void (await paypalWire({ ...options, clock, send: watched(options.send, clock, note) })('doctor', { method: 'GET', path: '/v2/checkout/orders/LEADLIGHTDOCTOR' }, [404])));
  });

export const examineAzure = (options: Omit<AzureOptions, 'clock' | 'requestId'>, clock: Clock): Promise<Examined> =>
  examine('Azure Marketplace', async (note) => {
    await note.try(async () => void (await azureWire({ ...options, clock, requestId: randomUUID, send: watched(options.send, clock, note) })('doctor', 'GET', '/api/saas/subscriptions')));
  });

export const examineSupabase = (send: Send, clock: Clock): Promise<Examined> =>
  examine('Supabase', async (note) => {
    await note.try(async () => {
      const path = '/rest/v1/rpc/search_addresses';
      const { status, text } = await watched(send, clock, note)({ method: 'POST', path, body: { q: '1 rue', max_results: 1 }, timeoutMs: 8_000 }).catch((error: unknown) => {
        // It reads only: nothing is left unknown.
        throw isSendFailure(error) ? fromSendFailure(error, 'Supabase', 'search_addresses', false) : error;
      });
      if (status === 401 || status === 403) note.find('unauthorised', 'PostgREST does not take the key, or may not run search_addresses().', 'Check LEADLIGHT_SUPABASE_KEY and the grants of the function.');
      else if (/"PGRST202"/.test(text)) note.find('function', 'There is no function search_addresses(q text, max_results int).', 'Create it under these names, or use a snapshot of the register (npm run address -- build).');
      else if (/"57014"/.test(text)) note.find('slow', 'search_addresses() was cut off by the statement timeout.', 'Use a snapshot of the register: it answers in a millisecond (npm run address -- build).');
      else if (status >= 300) note.find('unreachable', `PostgREST answered ${status}.`, 'See its log.');
    });
  });

export const examineTraccar = (send: Send, clock: Clock): Promise<Examined> =>
  examine('Traccar', async (note) => void (await note.try(async () => void (await traccarClient(watched(send, clock, note), clock).devices.find('leadlight-doctor')))));

export const examineN8n = (send: Send, clock: Clock): Promise<Examined> =>
  examine('n8n', async (note) => {
    await note.try(async () => {
      const { status, text } = await watched(send, clock, note)({ method: 'GET', path: '/healthz', timeoutMs: 8_000 });
      if (status !== 200 || !/"status"\s*:\s*"ok"/.test(text)) note.find('unexpectedReply', `n8n answered ${status} to /healthz.`, 'Check LEADLIGHT_N8N_URL; it is the address of the editor.');
    });
  });
