// One client per system, all over the same `Send`. Swap axiosSend for your own and nothing else changes.
import { authorization, erpnext } from '@leadlight/erpnext';
import { genieacs } from '@leadlight/genieacs';
import { axiosSend, systemClock } from '@leadlight/http';
import { hubClient } from '@leadlight/hub';
import { netbox } from '@leadlight/netbox';
import Stripe from 'stripe';

export interface Addresses {
  readonly hub: { readonly url: string; readonly key: string };
  readonly erpnext: { readonly url: string; readonly key: string; readonly secret: string };
  readonly netbox: { readonly url: string; readonly token: string };
  readonly genieacs: { readonly url: string };
  readonly stripe: { readonly url: string; readonly key: string };
  /** The sandbox's hand, with which a fibre is plugged in. */
  readonly world: { readonly url: string };
}

export function connect(at: Addresses) {
  const { hostname, port, protocol } = new URL(at.stripe.url);
  return {
    clock: systemClock,
    hub: hubClient(axiosSend({ baseUrl: at.hub.url, headers: { authorization: `Bearer ${at.hub.key}` }, timeoutMs: 120_000 })),
    erp: erpnext(axiosSend({ baseUrl: at.erpnext.url, headers: { authorization: authorization(at.erpnext.key, at.erpnext.secret) } }), systemClock),
    ipam: netbox(axiosSend({ baseUrl: at.netbox.url }), systemClock, { token: at.netbox.token }),
    acs: genieacs(axiosSend({ baseUrl: at.genieacs.url }), systemClock),
    stripe: new Stripe(at.stripe.key, { host: hostname, port: Number(port), protocol: protocol === 'https:' ? 'https' : 'http', telemetry: false }),
    world: axiosSend({ baseUrl: at.world.url }),
  };
}
export type Clients = ReturnType<typeof connect>;
