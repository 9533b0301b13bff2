import type { FastifyRequest } from 'fastify';
import type { EventLog, Outbox, PortLeases } from '../../journal/src/index.ts';
import type { Oktopus } from '../../oktopus/src/index.ts';
import type { Migrations } from './acsMigration/index.ts';
import type { AddressBook } from './addresses/addressBook.ts';
import type { DemandLog } from './addresses/demand.ts';
import type { LinkJob } from './addresses/linkJob.ts';
import type { PickTokens } from './addresses/pickTokens.ts';
import type { AuditLog } from './audit.ts';
import type { Deps } from './deps.ts';
import type { DeviceIntake } from './deviceEvents.ts';
import type { EventStream } from './sse.ts';
import type { Random, Vault } from './vault.ts';

/** What the hub's own routes need beyond what every route file is given. */
export interface Parts extends Deps {
  readonly log: EventLog;
  readonly audit: AuditLog;
  readonly intake: DeviceIntake;
  readonly leases: PortLeases;
  readonly outbox: Outbox;
  readonly vault: Vault;
  readonly random: Random;
  readonly stream: EventStream;
  readonly book: AddressBook;
  readonly tokens: PickTokens;
  readonly demand: DemandLog;
  /** On when there is a public register. */
  readonly links?: LinkJob;
  readonly holdsKey: (request: FastifyRequest) => boolean;
  readonly publicPerMinute: number;
  /** One for all: only within one client do requests to a device wait for each other. */
  readonly oktopus?: Oktopus;
  /** On when GenieACS, Oktopus and the target are set. */
  readonly migrations?: Migrations;
}
