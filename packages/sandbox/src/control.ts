import { serve, type Running, type SimReply } from './http.ts';
import type { OktopusConnects } from './oktopus/index.ts';
import type { CpeInforms, Fault, OntPlugged, World } from './world.ts';

/** What a control request may ask for, beside the world's own levers. */
export interface Levers {
  /** What customers and staff have received so far. */
  sent(): { readonly sms: readonly object[]; readonly emails: readonly object[]; readonly chat: readonly object[] };
  /** Delivers whatever is due on the world's clock (delivery reports, webhooks). */
  flush(): Promise<void>;
  /** The customer's yes on PayPal's page: to an order, a subscription, or a change of one. */
  readonly approve?: (id: string, bank?: 'yes' | 'declined' | 'pending') => void;
  /** The customer's purchase on the Azure Marketplace; gives the token of the landing page. */
  readonly buy?: (planId: string, quantity?: number) => object;
}

/**
 * The hand that moves the sandbox from outside: a technician plugs an ONT, a system fails, time passes.
 * `POST /ont` · `POST /cpe` · `POST /agent` (a device of Oktopus) · `POST /unplug {serial}` · `POST /faults` · `GET|DELETE /faults` · `POST /clock {advanceMs}` · `POST /approve {id, bank?}` (at PayPal) · `POST /buy {planId, quantity?}` (on the Azure Marketplace) · `GET /sent` · `GET /calls?system=`
 */
export function serveControl(world: World, levers: Levers, port: number): Promise<Running> {
  return serve(world, 'control', async ({ method, rawPath, query, text }): Promise<SimReply> => {
    const body = text ? (JSON.parse(text) as Record<string, unknown>) : {};
    const done: SimReply = { status: 200, body: { now: world.clock.now() } };
    switch (`${method} ${rawPath}`) {
      case 'POST /ont':
        await world.emit<OntPlugged>('ont.plugged', body as unknown as OntPlugged);
        return done;
      case 'POST /cpe':
        await world.emit<CpeInforms>('cpe.informs', body as unknown as CpeInforms);
        return done;
      case 'POST /agent':
        await world.emit<OktopusConnects>('oktopus.connects', body as unknown as OktopusConnects);
        return done;
      case 'POST /unplug':
        await world.emit('cpe.unplugged', body as { serial: string });
        await world.emit('oktopus.leaves', body as { serial: string });
        return done;
      case 'POST /faults':
        world.inject(body as unknown as Fault);
        return done;
      case 'GET /faults':
        return { status: 200, body: world.waiting };
      case 'DELETE /faults':
        world.clearFaults();
        return done;
      case 'POST /clock':
        world.clock.advance(Number(body['advanceMs'] ?? 0));
        await levers.flush();
        return done;
      case 'POST /approve':
        if (!levers.approve) break;
        levers.approve(String(body['id']), body['bank'] as 'yes' | undefined);
        await levers.flush();
        return done;
      case 'POST /buy':
        if (!levers.buy) break;
        return { status: 200, body: levers.buy(String(body['planId']), body['quantity'] as number | undefined) };
      case 'GET /sent':
        return { status: 200, body: levers.sent() };
      case 'GET /calls':
        return { status: 200, body: world.calls.filter((call) => call.system !== 'control' && (!query.get('system') || call.system === query.get('system'))) };
    }
    return { status: 404, body: { error: 'The sandbox takes POST /ont, /cpe, /agent, /unplug, /faults, /clock, /approve, /buy, GET|DELETE /faults, GET /sent and GET /calls.' } };
  }, port);
}
