import type { FastifyInstance } from 'fastify';
import type { Clock, JsonObject } from '../../../core/src/index.ts';
import type { Db, Queryable } from '../../journal/src/index.ts';
import type { HubEvent, PublishEvent } from './api.ts';
import type { HubConfig } from './config.ts';

/** What every route file is given. Routes decide nothing: they call core, the journal and the clients. */
export interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly config: HubConfig;
  readonly events: Events;
  /** Has the hub do something at each of its ticks. The work only begins what is due: a tick waits for nobody. */
  readonly onTick?: (work: () => void) => void;
}
/** The append-only log. Written in the caller's transaction; delivered (SSE, webhooks) only after commit. */
export interface Events {
  publish(event: PublishEvent, tx?: Queryable): Promise<{ readonly event: HubEvent; readonly repeated: boolean }>;
  list(query: { readonly after?: number; readonly types?: string; readonly stream?: string; readonly limit?: number }): Promise<readonly HubEvent[]>;
}
export type Routes = (app: FastifyInstance, deps: Deps) => Promise<void> | void;
export type { JsonObject };
