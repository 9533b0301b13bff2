import { oktopus, type Oktopus } from '../../packages/oktopus/src/index.ts';
import { clock } from '../shared/clock.ts';
import type { Connect } from '../shared/perItem.ts';
import { sendWith, type Requester } from '../shared/transport.ts';

export type { Oktopus };
const CREDENTIAL = 'leadlightOktopusApi';
interface Login { readonly baseUrl: string; readonly email: string; readonly password: string }

/** The Oktopus of the credential. */
export async function connect(context: Requester, index = 0): Promise<Oktopus> {
  const { email, password } = await context.getCredentials<Login & Record<string, never>>(CREDENTIAL, index);
  return oktopus(await sendWith(context, CREDENTIAL, index), clock, { email: String(email ?? ''), password: String(password ?? '') });
}

/** One client, and so one login, for all items of an execution that have the same credential. */
export function connectOnce(): Connect<Oktopus> {
  const clients = new Map<string, Promise<Oktopus>>();
  return async (context, index) => {
    const { baseUrl, email, password } = await context.getCredentials<Login & Record<string, never>>(CREDENTIAL, index);
    const key = JSON.stringify([baseUrl, email, password]);
    const client = clients.get(key) ?? connect(context, index);
    clients.set(key, client);
    return client;
  };
}
