import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { deviceWatch } from '../deviceWatch.ts';
import { volthaImageRoutes } from './volthaImages.ts';
import { volthaLink } from './volthaLink.ts';
import { volthaOltRoutes } from './volthaOlts.ts';
import { volthaOnuRoutes } from './volthaOnus.ts';
import { volthaOpticalRoutes } from './volthaOptical.ts';
import { volthaServiceRoutes } from './volthaServices.ts';
import { volthaSchema } from './volthaShapes.ts';

/** ONUs, OLTs, light, services and software behind VOLTHA (S0-93, S0-104…107, S1-089, S1-093). Every answer is read back. */
export function volthaRoutes(app: FastifyInstance, deps: Deps): void {
  const link = volthaLink(deps);
  const watch = deviceWatch(deps.db, deps.clock, deps.events);
  volthaOnuRoutes(app, link);
  volthaServiceRoutes(app, link);
  volthaOpticalRoutes(app, link, deps.events, deps.clock);
  volthaOltRoutes(app, link);
  volthaImageRoutes(app, link);
  app.post('/v1/voltha/poll', volthaSchema('Looks at every device and publishes what changed since the last look', 'DevicesPolled'), async () => watch.look(link.need('voltha.poll').core));

  const { pollSeconds = 0 } = deps.config.voltha ?? {};
  let looking: Promise<unknown> | undefined;
  const look = (): void => void (looking ??= watch.look(link.need('voltha.poll').core).catch(() => undefined).finally(() => { looking = undefined; }));
  const timer = pollSeconds > 0 ? setInterval(look, pollSeconds * 1000) : undefined;
  timer?.unref();
  app.addHook('onClose', async () => {
    clearInterval(timer);
    link.close();
    await looking;
  });
}
