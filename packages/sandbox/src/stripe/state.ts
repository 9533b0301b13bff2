import { randomBytes } from 'node:crypto';
import type { World } from '../world.ts';
import type { Card } from './cards.ts';

export type IntentStatus = 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'processing' | 'requires_capture' | 'succeeded' | 'canceled';
export interface Intent {
  id: string; object: 'payment_intent'; amount: number; amount_capturable: number; amount_received: number; currency: string;
  capture_method: 'automatic' | 'automatic_async' | 'manual'; client_secret: string; created: number; livemode: false;
  metadata: Record<string, string>; status: IntentStatus; latest_charge: string | null; payment_method: string | null;
  canceled_at: number | null; cancellation_reason: string | null; last_payment_error: Record<string, unknown> | null; next_action: Record<string, unknown> | null;
  customer: string | null; description: string | null; receipt_email: string | null; setup_future_usage: string | null; confirmation_method: 'automatic';
  payment_method_types: string[]; automatic_payment_methods: { enabled: boolean; allow_redirects?: string } | null;
}
export interface Charge {
  id: string; object: 'charge'; amount: number; amount_captured: number; amount_refunded: number; captured: boolean; refunded: boolean; disputed: boolean;
  paid: boolean; currency: string; created: number; livemode: false; payment_intent: string; payment_method: string; status: 'succeeded' | 'failed';
  failure_code: string | null; failure_message: string | null; outcome: Record<string, unknown>; metadata: Record<string, string>;
  payment_method_details: { type: 'card'; card: { brand: string; last4: string; exp_month: number; exp_year: number } };
}
export interface Customer {
  id: string; object: 'customer'; created: number; livemode: false; email: string | null; name: string | null; description: string | null;
  metadata: Record<string, string>; invoice_settings: { default_payment_method: string | null };
}
export interface Method {
  id: string; object: 'payment_method'; type: 'card'; created: number; livemode: false; customer: string | null; metadata: Record<string, string>;
  card: { brand: string; last4: string; exp_month: number; exp_year: number; funding: string };
}
export interface Refund {
  id: string; object: 'refund'; amount: number; charge: string; currency: string; created: number; metadata: Record<string, string>;
  payment_intent: string; reason: string | null; status: 'succeeded' | 'pending' | 'failed'; failure_reason?: string;
}
export interface StripeEvent {
  id: string; object: 'event'; api_version: string; created: number; type: string; livemode: false; pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null }; data: { object: unknown; previous_attributes?: Record<string, unknown> };
}
export interface SetupIntent {
  id: string; object: 'setup_intent'; client_secret: string; created: number; livemode: false; customer: string | null; description: string | null; metadata: Record<string, string>;
  payment_method: string | null; status: 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'succeeded' | 'canceled'; usage: string; cancellation_reason: string | null;
  last_setup_error: Record<string, unknown> | null; next_action: Record<string, unknown> | null; payment_method_types: string[]; automatic_payment_methods: { enabled: boolean; allow_redirects?: string } | null;
}
export interface Endpoint { readonly id: string; readonly url: string; readonly secret: string; readonly types: readonly string[] }

/** Everything the simulated account holds. Amounts are minor units, times Unix seconds. */
export interface State {
  readonly intents: Map<string, Intent>;
  readonly charges: Map<string, Charge>;
  readonly refunds: Map<string, Refund>;
  /** What the bank will say about each method. */
  readonly methods: Map<string, Card>;
  /** The methods as the API shows them. */
  readonly held: Map<string, Method>;
  /** Methods that were let go: they may not be used again. */
  readonly detached: Set<string>;
  readonly customers: Map<string, Customer>;
  /** Customers that were deleted: they can be looked at, and nothing else. */
  readonly gone: Set<string>;
  readonly setups: Map<string, SetupIntent>;
  readonly events: StripeEvent[];
  readonly endpoints: Endpoint[];
  now(): number;
  /** Unlike counters, these stay unique over restarts: a hub's ledger outlives the sandbox. */
  id(prefix: string): string;
  /** `previous`: what changed, as it was before. */
  emit(type: string, object: object, previous?: Record<string, unknown>): void;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function newState(world: World, deliver: (event: StripeEvent) => void): State {
  const id = (prefix: string) => `${prefix}_${prefix === 'pi' || prefix === 'ch' || prefix === 're' ? '3' : '1'}${[...randomBytes(23)].map((byte) => ALPHABET[byte % 62]).join('')}`;
  const state: State = {
    intents: new Map(), charges: new Map(), refunds: new Map(), methods: new Map(), held: new Map(), detached: new Set(), customers: new Map(), gone: new Set(), setups: new Map(), events: [], endpoints: [],
    now: () => Math.floor(world.clock.ms / 1000),
    id,
    emit: (type, object, previous) => {
      const event: StripeEvent = {
        id: id('evt'), object: 'event', api_version: '2026-10-28.endive', created: state.now(), type, livemode: false,
        pending_webhooks: state.endpoints.length, request: { id: null, idempotency_key: null }, data: { object: structuredClone(object), ...(previous ? { previous_attributes: previous } : {}) },
      };
      state.events.push(event);
      deliver(event);
    },
  };
  return state;
}
