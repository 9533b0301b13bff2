import { defineOperation } from '../../../shared/defineOperation.ts';
import type { HubClient } from '../../../shared/hub.ts';
import { fibreId } from './fields.ts';

/** The fastest that may be offered there, and what holds it back: for staff, not for the public. */
export const getSpeed = defineOperation<HubClient>({
  value: 'getSpeed',
  name: 'Get Speed',
  action: 'Get drop speed',
  description: 'Work out the fastest service that may be offered on a drop from the capacity of its OLT and what is sold there, with reasons',
  fields: [fibreId],
  run: ({ read, client }) => client.drops.speed(Number(read.picked('fibreId'))),
});
