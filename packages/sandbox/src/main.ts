// Every vendor system on loopback as one program, on the machine's own time. Told what to do by LEADLIGHT_SANDBOX (SandboxSettings as JSON).
import { writeFileSync } from 'node:fs';
import { startAzure } from './azure/index.ts';
import { startChat } from './chat/index.ts';
import { serveControl } from './control.ts';
import { dropsCsv, generateDrops } from './drops.ts';
import { erpnextKeys, startErpnext } from './erpnext/index.ts';
import { startGenieacs } from './genieacs/index.ts';
import { startMailjet } from './mailjet/index.ts';
import { startNetbox } from './netbox/index.ts';
import { startMqtt, startNats, startOktopus } from './oktopus/index.ts';
import { startPaypal } from './paypal/index.ts';
import { startNas } from './radius/index.ts';
import { startRoutr } from './routr/index.ts';
import type { SandboxSettings } from './settings.ts';
import { startStripe } from './stripe/index.ts';
import { startTwilio } from './twilio/index.ts';
import { startVoltha } from './voltha/index.ts';
import { World } from './world.ts';

export async function startSandbox({ ports, keys, hub, acsToken, dropsCsv: csv }: SandboxSettings, world = new World(undefined, true)): Promise<{ close(): Promise<void> }> {
  const drops = generateDrops();
  writeFileSync(csv, dropsCsv(drops));
  const erpnext = { key: keys.erpnext.key, secret: keys.erpnext.secret, user: 'leadlight@gigafibre.example', roles: ['Leadlight Integration'] };
  const erp = await startErpnext(world, ports.erpnext, { keys: [erpnext, erpnextKeys.admin] });
  const running = [
    ...(await oktopus(world, ports, keys.oktopus)),
    erp,
    await startGenieacs(world, { port: ports.genieacs, ext: { url: hub, token: acsToken } }),
    await startNetbox(world, { port: ports.netbox, tokens: [{ value: keys.netbox }] }),
    await startVoltha(world, { olts: [...new Set(drops.map((drop) => drop.oltIp))].map((ip) => ({ ip })), grpcPort: ports.voltha, vgcPort: ports.vgc }),
    await startNas(world, { secret: keys.nas, port: ports.nas }),
    ...(ports.routr === undefined ? [] : [await startRoutr(world, { port: ports.routr, domains: ['sip.gigafibre.example'] })]),
  ];
  const stripe = await startStripe(world, { port: ports.stripe, secretKey: keys.stripe, webhooks: [{ url: `${hub}/v1/payments/webhooks/stripe`, secret: keys.stripeWebhook }] });
  const paypal = keys.paypal && (await startPaypal(world, { port: ports.paypal ?? 0, ...keys.paypal, webhooks: [{ url: `${hub}/v1/payments/webhooks/paypal`, webhookId: keys.paypal.webhookId }] }));
  const azure = keys.azure && (await startAzure(world, { port: ports.azure ?? 0, ...keys.azure, webhook: `${hub}/v1/marketplace/webhook` }));
  const twilio = await startTwilio(world, { port: ports.twilio, accountSid: keys.twilio.sid, authToken: keys.twilio.token });
  const mailjet = await startMailjet(world, { port: ports.mailjet, apiKey: keys.mailjet.key, apiSecret: keys.mailjet.secret });
  const chat = await startChat(world, { port: ports.chat });
  const control = await serveControl(
    world,
    { sent: () => ({ sms: twilio.sent(), emails: mailjet.sent(), chat: chat.sent() }), flush: async () => void (await Promise.all([erp.site, twilio, stripe, paypal, azure].map((one) => one?.flush()))), ...(paypal ? { approve: (id, bank) => (id.startsWith('I-') ? paypal.billing.approve(id) : paypal.approve(id, bank)) } : {}), ...(azure ? { buy: azure.buy } : {}) },
    ports.sandbox,
  );
  return {
    close: async () => {
      for (const one of [control, chat, mailjet, twilio, azure, paypal, stripe, ...running.reverse()]) await one?.close();
    },
  };
}

async function oktopus(world: World, ports: SandboxSettings['ports'], login: SandboxSettings['keys']['oktopus']): Promise<readonly { close(): Promise<void> }[]> {
  if (!login) return [];
  const nats = await startNats({ port: ports.oktopusNats ?? 0 });
  const mqtt = await startMqtt({ port: ports.oktopusMqtt ?? 0 });
  return [nats, mqtt, await startOktopus(world, { port: ports.oktopus ?? 0, users: { [login.email]: login.password }, nats, mqtt })];
}

async function main(settings: SandboxSettings): Promise<void> {
  const sandbox = await startSandbox(settings);
  const stop = () => void sandbox.close().then(() => process.exit(0));
  process.on('SIGTERM', stop);
  process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; whoever started this ends it in order
  process.on('disconnect', stop);
  process.send?.('ready');
}

if (process.env['LEADLIGHT_SANDBOX']) {
  main(JSON.parse(process.env['LEADLIGHT_SANDBOX']) as SandboxSettings).catch((error: Error) => {
    console.error(error.message);
    process.exit(1);
  });
}
