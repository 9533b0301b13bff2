import type { FastifyRequest } from 'fastify';
import type { AddressIndex } from '../../availability/src/index.ts';
import type { EventLog, Outbox, PortLeases } from '../../journal/src/index.ts';
import type { Deps } from './deps.ts';
import type { EventStream } from './sse.ts';
import type { Random, Vault } from './vault.ts';

/** What the hub's own routes need beyond what every route file is given. */
export interface Parts extends Deps {
  readonly log: EventLog;
  readonly leases: PortLeases;
  readonly outbox: Outbox;
  readonly vault: Vault;
  readonly random: Random;
  readonly stream: EventStream;
  readonly places: AddressIndex;
  readonly holdsKey: (request: FastifyRequest) => boolean;
  readonly publicPerMinute: number;
}
