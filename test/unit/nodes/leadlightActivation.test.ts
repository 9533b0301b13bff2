import { Leadlight } from '../../../nodes/Leadlight/Leadlight.node.ts';
import { only } from '../support/n8n.ts';

const check = (evidence: object, more: object = {}) => only(new Leadlight(), { resource: 'fulfilment', operation: 'activationGate', evidence: JSON.stringify(evidence), ...more });
const good = {
  optical: { rxPowerDbm: -19.4, oltRxPowerDbm: -21 }, flowStatus: 'ALL_FLOWS_PROVISIONED', session: null, radius: { access: 'accept', ip: '100.64.0.7' }, cpe: { parameters: {} },
  checklist: { speedTest: true, wifi24: true, wifi5: true }, serial: { scanned: 'RCMG19E01234', seen: 'RCMG19E01234' }, allocatedIp: '100.64.0.7/32',
};

test('[S1-117] Check Activation says live when everything was read back, else what is missing', async () => {
  expect(await check(good)).toMatchObject({ type: 'accepted', value: { live: true } });
  expect(await check({ ...good, optical: { rxPowerDbm: null, oltRxPowerDbm: -21 } })).toMatchObject({ type: 'refused', code: 'notYetLive', facts: { missing: [{ proof: 'optical.rxPowerDbm', hint: expect.any(String) }] } });
});
