// What goes on over time, in n8n: cases of unpaid invoices, locks, subscriptions, trials, and what other policies would have done.
import { Leadlight } from '../../../nodes/Leadlight/Leadlight.node.ts';
import { at, dropped, refusal, type Data } from '../support/dropped.ts';
import { context, pick } from '../support/n8n.ts';

const node = new Leadlight();
const here = dropped(node);
const { run, value } = here;
beforeEach(() => at('2026-04-13T14:20:00.000Z'));
afterAll(() => jest.useRealTimers());

describe('Dunning and Lock', () => {
  const opened = async (): Promise<Data> => value('dunning', 'open');
  const types = (outcome: Data): string[] => outcome['effects'].map(({ type }: Data) => type);

  test('[S0-80] [S0-81] [S0-82] [S0-83] Open charges the next method and tells the customer; service stays up', async () => {
    const outcome = await opened();
    expect(outcome).toMatchObject({ state: { status: 'grace', day0: '2026-04-13' }, wakeAt: '2026-04-16T12:00:00.000Z', effects: [{ type: 'charge', method: 'pm_2', amountMinor: 17199 }, { type: 'notice', template: 'paymentFailed' }] });
    expect(types(outcome)).not.toContain('suspend');
    expect(await value('dunning', 'open', { trigger: 'pastDue', dueOn: '2026-04-10' })).toMatchObject({ state: { day0: '2026-04-11' } });
    expect(await run('dunning', 'open', { zone: 'Mars/Olympus' })).toMatchObject(refusal('badInput', 'zone'));
    expect(await run('dunning', 'open', { methods: ['4242 4242 4242 4242'] })).toMatchObject(refusal('badInput', 'methods'));
  });

  test('[S0-84] [S0-85] [S0-10] Tick reminds on days 3, 5 and 7 and suspends after it looked at the balance', async () => {
    let state = (await opened())['state'] as Data;
    const sent: string[] = [];
    for (let guard = 0; guard < 20 && state['status'] === 'grace' && !state['asked']; guard += 1) {
      const outcome = await value('dunning', 'tick', { case: state, now: state['wakeAt'] });
      sent.push(...outcome['effects'].map(({ type, template, dueAt }: Data) => `${dueAt.slice(5, 16)} ${template ?? type}`));
      state = outcome['state'];
    }
    expect(sent).toEqual(['04-16T12:00 charge', '04-16T13:00 reminder', '04-18T12:00 charge', '04-18T13:00 reminder', '04-20T12:00 charge', '04-20T13:00 reminder', '04-21T14:00 checkBalance']);
    const answered = await value('dunning', 'record', { case: state, command: 'balanceRead', id: 'read_1', check: state['asked'], outstandingMinor: 17199, now: '2026-04-21T14:00:05Z' });
    expect(answered).toMatchObject({ state: { status: 'suspended' } });
    expect(types(answered)).toEqual(['suspend', 'notice']);
    // One late tick does what several would have.
    expect((await value('dunning', 'tick', { case: (await opened())['state'], now: '2026-04-21T14:00:00Z' }))['effects'].map(({ id }: Data) => id)).toHaveLength(sent.length);
    expect(await run('dunning', 'tick', { case: state, now: 'soon' })).toMatchObject(refusal('badInput', 'now'));
    expect(await run('dunning', 'tick', { case: {} })).toMatchObject(refusal('badInput', 'case.caseId'));
  });

  test('[S0-86] [S0-11] a payment ends it at any time and resumes the service; the same one is heard once', async () => {
    const { state } = await value('dunning', 'tick', { case: (await opened())['state'], now: '2026-04-21T14:00:00Z' });
    const suspended = await value('dunning', 'record', { case: state, command: 'balanceRead', id: 'read_1', check: state.asked, now: '2026-04-21T14:00:05Z' });
    const paid = await value('dunning', 'record', { case: suspended['state'], now: '2026-04-22T09:00:00Z' });
    expect(paid).toMatchObject({ state: { status: 'recovered', owed: [] }, effects: [{ type: 'resume', reason: 'nonpayment' }], wakeAt: null });
    expect(await run('dunning', 'record', { case: paid['state'], now: '2026-04-22T09:00:00Z' })).toMatchObject({ type: 'refused', code: 'ignored' });
    const locks = [{ reason: 'nonpayment', since: '2026-04-21T14:00:05Z', by: 'dunning' }, { reason: 'voluntary', since: '2026-04-01T00:00:00Z', by: 'customer' }];
    expect(await value('lock', 'remove', { locks })).toEqual([locks[1]]);
  });

  test('every command of Record is made of the fields its choice shows', async () => {
    for (const command of ['paid', 'chargeFailed', 'methodAdded', 'promised', 'arrangement', 'disputeOpened', 'shield', 'release']) {
      const { events } = await value('dunning', 'record', { command });
      expect(events[0]).toMatchObject({ type: command, set: { seen: ['evt_1'] } });
    }
    const held = await value('dunning', 'record', { command: 'disputeOpened' });
    for (const command of ['disputeLost', 'disputeWon']) expect((await value('dunning', 'record', { case: held['state'], command, id: 'evt_2' }))['events'][0]).toMatchObject({ type: command });
    expect(await run('dunning', 'record', { command: 'promised', until: '2026-05-30' })).toMatchObject(refusal('limit', 'until'));
    expect(await run('dunning', 'record', { command: 'writeOff' })).toMatchObject({ type: 'refused', code: 'notExpected' });
    expect(await run('dunning', 'record', { command: 'json', commandJson: '{ "type": "paid", "id": "x" }' })).toMatchObject(refusal('badInput', 'amountMinor'));
    expect((await run('dunning', 'record', { options: { policy: { version: 'dunning/2', toleranceMinor: 500 } }, amountMinor: 17000 }))['because'][0]).toContain('dunning/2');
  });

  test('Check Policy refuses a ladder that contradicts itself', async () => {
    const policy = await value('dunning', 'checkPolicy');
    expect(await run('dunning', 'checkPolicy', { policy: { ...policy, graceDays: 9 } })).toMatchObject(refusal('badPolicy', 'steps'));
  });

  test('[S0-10] [S0-11] locks: one per reason, lifted by whom it concerns, the strictest decides; a list that is missing opens nothing', async () => {
    const locked = await value('lock', 'add', { options: { note: 'case dun_1' } });
    expect(locked).toEqual([{ reason: 'nonpayment', since: '2026-04-13T14:20:00.000Z', by: 'dunning', note: 'case dun_1' }]);
    expect(await value('lock', 'add', { locks: locked, since: '2026-04-14T00:00:00Z' })).toEqual(locked);
    expect(await run('lock', 'add', { since: 'now' })).toMatchObject(refusal('badInput', 'since'));
    expect(await run('lock', 'remove', { reason: 'voluntary' })).toMatchObject(refusal('mayNotLift', 'by'));
    expect(await run('lock', 'checkAccess')).toMatchObject({ serviceOn: false, access: 'walledGarden', keeps: ['911'] });
    expect(await run('lock', 'checkAccess', { locks: '[]' })).toMatchObject({ serviceOn: true, access: 'open' });
    expect(await run('lock', 'checkAccess', { locks: '[]', status: 'ended' })).toMatchObject({ serviceOn: false });
    for (const locks of [undefined, null, '']) expect(await run('lock', 'checkAccess', { locks })).toMatchObject(refusal('badInput', 'locks'));
    expect(await run('lock', 'checkAccess', { locks: [{ reason: 'spite', since: '2026-04-14T00:00:00Z', by: 'x' }] })).toMatchObject(refusal('badInput', 'locks[0].reason'));
  });
});

describe('Subscription', () => {
  test('[S2-058] Report: churn, conversion and use in a month', async () => {
    const april = { start: '2026-04-01', end: '2026-05-01' };
    expect((await run('subscription', 'report', april))['value']).toMatchObject([{
      currency: 'CAD', atStart: { subscriptions: 2, monthlyMinor: 12_990 }, atEnd: { subscriptions: 2, monthlyMinor: 17_990 },
      churn: { part: 1, whole: 2 }, conversion: { part: 1, whole: 1 }, usage: [{ metric: 'calls', nearLimit: { part: 1, whole: 1 } }],
    }]);
    expect(await run('subscription', 'report', { ...april, subscriptions: undefined })).toMatchObject(refusal('badInput', 'subscriptions'));
    expect(await run('subscription', 'report', { ...april, end: '2026-04-01' })).toMatchObject(refusal('badInput', 'end'));
  });

  test('[S0-05] [S0-134] Start, Activate, Bill View, Next Bill hang together', async () => {
    const started = await value('subscription', 'start', { options: { cadence: { unit: 'month', anchorDay: 1 } } });
    expect(started).toMatchObject({ state: { status: 'pending', plan: 'basic' }, wakeAt: null });
    expect(await run('subscription', 'billView', { state: started['state'] })).toMatchObject(refusal('nothingBilled', 'start'));
    const live = await value('subscription', 'activate', { state: started['state'] });
    expect(live).toMatchObject({ state: { status: 'active', start: '2026-04-13', period: { end: '2026-05-01' } }, effects: [{ type: 'bill', on: '2026-04-13' }, { type: 'service', on: true }], wakeAt: '2026-04-24T13:00:00.000Z' });
    const view = await value('subscription', 'billView', { state: live['state'] });
    expect(await value('billing', 'nextBill', { subscriptions: view, asOf: '2026-04-13' })).toMatchObject({ subtotalMinor: 4797 });
    expect(await run('subscription', 'start', { plan: pick('id', 'gold') })).toMatchObject(refusal('unknownPlan', 'plan'));
    expect(await run('subscription', 'activate', { state: live['state'] })).toMatchObject({ type: 'refused', code: 'notNow' });
    expect(await run('subscription', 'activate', { options: { on: '2026-04-30' } })).toMatchObject(refusal('badInput', 'on'));
  });

  test('plans are the operator’s; [S0-136] what was not paid stays incomplete until it is', async () => {
    expect(await value('subscription', 'start', { plans: '{ "solo": { "rank": 1, "items": [], "trialDays": 7 } }', plan: pick('id', 'solo') })).toMatchObject({ state: { plan: 'solo' } });
    const unpaid = await value('subscription', 'activate', { options: { paid: false } });
    expect(unpaid).toMatchObject({ state: { status: 'incomplete' }, effects: [] });
    expect(await value('subscription', 'decide', { state: unpaid['state'], command: 'paymentSucceeded' })).toMatchObject({ state: { status: 'active' }, effects: [{ type: 'bill' }, { type: 'service', on: true }] });
  });

  test('[S0-135] a trial of 14 days is billed when it ends', async () => {
    expect(await value('subscription', 'activate', { options: { trialDays: 14 } })).toMatchObject({ state: { status: 'trialing', start: '2026-04-27', period: { start: '2026-04-13', end: '2026-04-27' } } });
  });

  test('[S0-09] [S2-056] [S2-061] Decide changes the plan now, later, or not at all', async () => {
    expect(await value('subscription', 'decide')).toMatchObject({ state: { plan: 'plus', history: [{ plan: 'basic' }, { plan: 'plus', from: '2026-04-13' }] }, effects: [{ type: 'bill' }, { type: 'service', plan: 'plus' }] });
    expect(await value('subscription', 'decide', { when: 'periodEnd' })).toMatchObject({ state: { plan: 'basic', scheduled: { plan: 'plus', on: '2026-05-10' } }, effects: [] });
    expect(await run('subscription', 'decide', { as: 'downgrade' })).toMatchObject(refusal('noPath', 'plan'));
    expect(await run('subscription', 'decide', { plan: pick('list', 'basic') })).toMatchObject(refusal('samePlan', 'plan'));
  });

  test('[S0-12] [S0-137] Cancel ends at the end of the period, or at once within the first day', async () => {
    const cancelled = await value('subscription', 'decide', { command: 'cancel', id: 'cmd_1' });
    expect(cancelled).toMatchObject({ state: { status: 'cancelling' }, wakeAt: '2026-05-10T04:00:00.000Z' });
    expect(await value('subscription', 'tick', { state: cancelled['state'], now: '2026-05-10T04:00:00Z' })).toMatchObject({ state: { status: 'ended', end: '2026-05-10' } });
    expect(await value('subscription', 'decide', { command: 'undoCancel', state: cancelled['state'] })).toMatchObject({ state: { status: 'active' } });
    const live = await value('subscription', 'activate');
    expect(await value('subscription', 'decide', { command: 'cancel', state: live['state'], now: '2026-04-14T14:00:00Z' })).toMatchObject({ state: { status: 'ended', refund: 'full' } });
  });

  test('[S0-08] Tick reminds and renews, once each', async () => {
    const due = await value('subscription', 'tick');
    expect(due['effects'].map(({ type }: Data) => type)).toEqual(['remind', 'bill']);
    expect(await value('subscription', 'tick', { state: due['state'] })).toMatchObject({ events: [], effects: [] });
  });

  test('every command of Decide is made of the fields its choice shows', async () => {
    const { state } = await value('subscription', 'decide', { when: 'periodEnd' });
    const locked = await value('subscription', 'decide', { command: 'addLock', by: 'dunning' });
    expect(locked).toMatchObject({ state: { locks: [{ reason: 'nonpayment', by: 'dunning' }] }, effects: [{ type: 'service', on: false }] });
    const accepted: [string, object][] = [['undoChange', { state }], ['pause', {}], ['removeLock', { state: locked['state'] }], ['renew', {}], ['expire', { state: here.parameters('subscription', 'activate')['state'] }]];
    for (const [command, filled] of accepted) expect({ command, ...(await run('subscription', 'decide', { command, ...filled })) }).toMatchObject({ command, type: 'accepted' });
    const paused = await value('subscription', 'decide', { command: 'pause' });
    expect(await value('subscription', 'decide', { command: 'resume', state: paused['state'] })).toMatchObject({ state: { locks: [] } });
    for (const command of ['paymentSucceeded', 'convertTrial']) expect(await run('subscription', 'decide', { command })).toMatchObject({ type: 'refused', code: 'notNow' });
    expect(await run('subscription', 'decide', { command: 'undoChange' })).toMatchObject({ type: 'refused', code: 'nothingScheduled' });
    expect(await run('subscription', 'decide', { command: 'removeLock', state: locked['state'], by: 'customer' })).toMatchObject(refusal('mayNotLift', 'by'));
  });
});

describe('Trial', () => {
  test('[S2-070] [S2-079] [S2-111] Start keeps 14 to 30 days and opens what the plan has', async () => {
    expect(await value('trial', 'start')).toMatchObject({ state: { status: 'running', endsAt: '2026-04-27T14:20:00.000Z' }, effects: [{ type: 'service', on: true, limits: { resources: 50, users: 3, apiCalls: 5000 } }], wakeAt: '2026-04-14T13:00:00.000Z' });
    for (const days of [13, 31, 365]) expect(await run('trial', 'start', { options: { days } })).toMatchObject(refusal('badLength', 'days'));
    expect(await run('trial', 'start', { options: { hadTrial: true } })).toMatchObject(refusal('hadTrial', 'hadTrial'));
    expect(await run('trial', 'start', { plan: pick('id', 'gold') })).toMatchObject(refusal('unknownPlan', 'plan'));
  });

  test('[S2-071] [S2-112] extensions: two, with a reason', async () => {
    let state = here.parameters('trial', 'record')['state'] as unknown;
    for (const id of ['x1', 'x2']) ({ state } = (await value('trial', 'record', { state, command: 'extend', id })) as { state: unknown });
    expect(state).toMatchObject({ days: 28, extensions: [{ days: 7, reason: 'asked by sales' }, { days: 7 }] });
    expect(await run('trial', 'record', { state, command: 'extend', id: 'x3' })).toMatchObject({ type: 'refused', code: 'noMoreExtensions' });
    expect(await run('trial', 'record', { command: 'extend', days: 15 })).toMatchObject(refusal('badInput', 'days'));
  });

  test('[S2-072] [S2-073] [S2-075] messages come by day, by login and at 80 % of a limit', async () => {
    const said = (outcome: Data): string[] => outcome['effects'].map(({ key }: Data) => key);
    expect(said(await value('trial', 'tick'))).toEqual(['welcome', 'getting_started', 'feature_usage_low']);
    expect(said(await value('trial', 'record', { activity: 'login' }))).toContain('first_login');
    expect(said(await value('trial', 'record', { activity: 'usage', metric: 'apiCalls', used: 4000 }))).toContain('approaching_limit:apiCalls');
    expect(said(await value('trial', 'record', { activity: 'usage', metric: 'apiCalls', used: 3999 }))).not.toContain('approaching_limit:apiCalls');
  });

  test('[S2-074] [S2-078] Tick offers on day 7 and the last day, and expires after grace', async () => {
    const { effects, state, wakeAt } = await value('trial', 'tick', { now: '2026-04-24T14:20:00Z' });
    expect(effects.filter(({ offer }: Data) => offer).map(({ key, offer }: Data) => [key, offer.offPpm])).toEqual([['offer_day_7', 200_000], ['offer_last_day', 300_000]]);
    expect(state).toMatchObject({ status: 'expiringGrace' });
    expect(wakeAt).toBe('2026-04-27T14:20:00.000Z');
    expect(await value('trial', 'tick', { state, now: wakeAt })).toMatchObject({ state: { status: 'expired' }, effects: [{ type: 'service', on: false }], wakeAt: null });
  });

  test('[S2-080] [S2-113] Convert needs a live trial and a live subscription', async () => {
    const converted = await value('trial', 'record', { command: 'convert' });
    expect(converted).toMatchObject({ state: { status: 'converted', subscription: 'sub_1' } });
    expect(await run('trial', 'record', { command: 'convert', subscription: { id: 'sub_1', status: 'ended' } })).toMatchObject(refusal('noSubscription', 'subscription'));
    const cancelled = await value('trial', 'record', { command: 'cancel' });
    for (const { state } of [converted, cancelled]) expect(await run('trial', 'record', { command: 'convert', state })).toMatchObject({ type: 'refused', code: 'notNow' });
  });

  test('[S2-076] [S2-077] Score and Assign Variant', async () => {
    expect(await value('trial', 'score')).toBe(69);
    expect(await run('trial', 'score', { days: 0 })).toMatchObject(refusal('badInput', 'days'));
    const assigned = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(async (subject) => (await value('trial', 'assignVariant', { subject }))['key']));
    expect(new Set(assigned)).toEqual(new Set(['short', 'long']));
    expect(await run('trial', 'assignVariant', { experiment: { key: 'x', variants: [{ key: 'a', weight: 0 }] } })).toMatchObject(refusal('badInput', 'variants'));
  });
});

describe('Policy', () => {
  test('What If lists whom another policy would have treated otherwise', async () => {
    const [difference] = (await value('policy', 'whatIf')) as Data[];
    expect(difference!['only'].before.map(({ type }: Data) => type)).toContain('checkBalance');
    expect(difference!['only'].after.map(({ type }: Data) => type)).not.toContain('checkBalance');
    expect(((await value('policy', 'whatIf', { lifecycle: 'subscription' })) as Data[])[0]!['only'].after).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'bill', refund: 'unused' })]));
    expect(((await value('policy', 'whatIf', { lifecycle: 'trial' })) as Data[])[0]!['only'].before).toEqual([expect.objectContaining({ type: 'service', on: false })]);
    expect(await value('policy', 'whatIf', { lifecycle: 'ledger' })).toEqual([]);
    const same = here.parameters('policy', 'whatIf')['dunningBefore'];
    expect(await value('policy', 'whatIf', { dunningAfter: same })).toEqual([]);
  });

  test('What If refuses a policy that cannot be followed, and cases that are none', async () => {
    expect(await run('policy', 'whatIf', { dunningAfter: { ...JSON.parse(here.parameters('policy', 'whatIf')['dunningAfter'] as string), graceDays: '7' } })).toMatchObject(refusal('badPolicy', 'after.graceDays'));
    expect(await run('policy', 'whatIf', { dunningCases: [{ id: 'x' }] })).toMatchObject(refusal('badInput', 'dunningCases[0].journal'));
    expect(await run('policy', 'whatIf', { lifecycle: 'weather' })).toMatchObject(refusal('badInput', 'lifecycle'));
  });

  test('Get Default shows every policy there is; what it shows for dunning can be given back', async () => {
    const { results } = await node.methods.listSearch.searchPolicies.call(context(node, { items: [{}] }), '');
    expect(results.length).toBeGreaterThan(12);
    for (const { value: key } of results) expect(await value('policy', 'getDefault', { policy: pick('list', String(key)) })).toMatchObject({ policy: expect.any(Object) });
    const { policy } = await value('policy', 'getDefault');
    expect(await value('dunning', 'open', { options: { policy } })).toMatchObject({ state: { status: 'grace' } });
    expect(await run('policy', 'getDefault', { policy: pick('id', 'weather') })).toMatchObject(refusal('unknownPolicy', 'policy'));
  });
});

describe('pickers', () => {
  const names = async (search: keyof typeof node.methods.listSearch, filter: string, parameters: object = {}): Promise<unknown[]> =>
    (await node.methods.listSearch[search].call(context(node, { items: [{ ...parameters }] }), filter)).results.map(({ value: one }) => one);

  test('list what the node knows, or what the user gave, by name or ID', async () => {
    expect(await names('searchOfferings', 'tv evo')).toEqual([]);
    expect(await names('searchOfferings', 'evo tv')).toEqual(['TVBEVO']);
    expect(await names('searchOfferings', 'ftth')).toHaveLength(5);
    expect(await names('searchOfferings', '', { options: { catalog: '{"offerings": [{"sku": "A", "label": {"en": "Plan A"}}]}' } })).toEqual(['A']);
    expect(await names('searchJurisdictions', 'hst')).toContain('CA-ON');
    expect(await names('searchJurisdictions', '', { options: { taxTable: { jurisdictions: { 'US-NY': { rates: [] } } } } })).toEqual(['US-NY']);
    expect(await names('searchPlans', '', here.parameters('subscription', 'start'))).toEqual(['basic', 'plus']);
    expect(await names('searchTrialPlans', 'pro')).toEqual(['professional']);
    expect(await names('searchTrialPlans', '', { options: { policy: { plans: { solo: {} } } } })).toEqual(['solo']);
  });

  test('fall back while what was given is half typed or an expression', async () => {
    for (const catalog of ['{"offerings": [', '={{ $json.catalog }}', '', '{}', undefined]) expect(await names('searchOfferings', 'FTTH25', { options: { catalog } })).toEqual(['FTTH25']);
    expect(await names('searchPlans', '', { plans: '={{ $json.plans }}' })).toEqual([]);
  });
});
