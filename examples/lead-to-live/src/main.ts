// A typed address becomes a live service and a first invoice. README.md tells how to run it; start reading at `leadToLive`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkCompletion, planFulfilment, type JsonObject, type SagaEvent, type SagaState } from '@leadlight/core';
import { accepted } from './accepted.ts';
import { checkout, ZONE } from './checkout.ts';
import { connect, type Addresses } from './clients.ts';
import { installationSteps } from './installationSteps.ts';
import { openJournal } from './journal.ts';
import { onSite } from './onSite.ts';
import { dropIn, orderSteps } from './orderSteps.ts';
import { readBack } from './readBack.ts';
import { runSaga, type Given, type StepWork } from './runSaga.ts';
import { startSystems } from './systems.ts';

interface Told { readonly address: string; readonly journal: string; readonly crashAfter?: string }

async function leadToLive(at: Addresses, { address, journal: file, crashAfter }: Told): Promise<object> {
  const clients = connect(at);
  const journal = openJournal(file);
  const steps: { step: string; by: string }[] = [];
  const say = (what: string, seen: string) => console.log(`${what.padEnd(23)} ${seen}`);

  const order = await checkout(address, clients, journal, say);
  const ordered = await phase('order', () => orderSteps(order, clients));
  const { ont } = await onSite(order, dropIn(ordered), clients, journal, say);
  // What the technician reports; without every check of what was ordered the job cannot be closed.
  accepted(checkCompletion({ speedTest: { downMbps: 149.2, upMbps: 148.8 }, wifi24: true, wifi5: true, tvChannels: true, dialTone: true }, order));
  await phase('installation', () => installationSteps(order, ordered, ont, clients));
  await clients.hub.orders.record(order.orderId, { step: 'live', system: 'core', outcome: 'done', status: 'completed' });
  journal.close();
  return { orderId: order.orderId, steps, readBack: await readBack(order, ont, clients) };

  async function phase(name: 'order' | 'installation', works: () => Readonly<Record<string, StepWork>>): Promise<Given> {
    const plan = planFulfilment(order, { phase: name });
    const tell = (event: SagaEvent) => {
      if (event.type === 'placed') {
        steps.push({ step: event.step, by: event.by });
        say(event.step, `${event.by === 'look' ? '(found in place) ' : ''}${short(event.output)}`);
      } else if (event.type === 'doubtful') say(event.step, 'nobody knows whether it happened: looking');
      else if (event.type === 'turnedBack' || event.type === 'undone') say('step' in event ? event.step : name, event.type);
    };
    const state = await runSaga(plan, works(), {
      journal, clock: clients.clock, stream: `saga ${name}`, tell,
      callPerson: async ({ step, owner, message, hint }) => void (await clients.hub.orders.fallout(order.orderId, { step, owner, message, hint })),
      afterEffect: (step) => void (step === crashAfter && process.kill(process.pid, 'SIGKILL')),
    });
    if (state.status !== 'live') throw new Error(`The ${name} ended ${state.status}: ${whyNot(state)}`);
    // A person was called and it stands now: off their list.
    for (const { key, system } of plan.steps) if (state.steps[key]!.calls > 0 && !state.steps[key]!.person) await clients.hub.orders.record(order.orderId, { step: key, system, outcome: 'done' });
    return Object.fromEntries(Object.entries(state.steps).flatMap(([key, { output }]) => (output ? [[key, output]] : [])));
  }
}

const whyNot = ({ steps }: SagaState) => Object.entries(steps).flatMap(([step, { failure, person }]) => (failure ? [`${step}: ${failure.message}${person ? ` (${person.owner} was called)` : ''}`] : [])).join('; ');

/** What was read back, on one line; names of documents rather than the drop's whole row. */
function short(output: JsonObject = {}): string {
  const { names, drop: _drop, token: _token, ...rest } = output;
  return [...Object.values((names ?? {}) as JsonObject), ...Object.entries(rest).map(([key, value]) => `${key} ${String(value)}`)].join(', ').slice(0, 110);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { address: { type: 'string', default: '165 avenue de la Gare, Saint-Anicet J0S 1M0' }, journal: { type: 'string' }, at: { type: 'string' }, serve: { type: 'string' }, 'crash-after': { type: 'string' } },
  });
  if (values['crash-after'] && !(values.at && values.journal)) throw new Error('--crash-after needs --at and --journal: the systems and the journal must outlive this program.');
  if (values.at && !values.journal) throw new Error('--at needs --journal: without it a second run would order again.');
  const systems = values.at ? undefined : await startSystems(ZONE);
  if (values.serve) {
    writeFileSync(values.serve, JSON.stringify(systems!.addresses), { mode: 0o600 });
    console.log(`Systems are up; their addresses are in ${values.serve}. Ctrl-C stops them.`);
    await new Promise<void>((stop) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, () => stop())));
    return systems!.close();
  }
  const folder = values.journal ? undefined : mkdtempSync(join(tmpdir(), 'leadlight-journal-'));
  try {
    const at = systems?.addresses ?? (JSON.parse(readFileSync(values.at!, 'utf8')) as Addresses);
    const journal = values.journal ?? join(folder!, 'journal.jsonl');
    const result = await leadToLive(at, { address: values.address, journal, ...(values['crash-after'] ? { crashAfter: values['crash-after'] } : {}) });
    console.log(JSON.stringify({ example: 'lead-to-live', ...result, ok: true }));
  } finally {
    await systems?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: Error) => {
  console.log(JSON.stringify({ example: 'lead-to-live', ok: false, reason: error.message }));
  process.exitCode = 1;
});
