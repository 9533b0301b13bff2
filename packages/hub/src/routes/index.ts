import type { FastifyInstance } from 'fastify';
import type { Parts } from '../parts.ts';
import { acsMigrationRoutes } from './acsMigration.ts';
import { auditRoutes } from './audit.ts';
import { addressRoutes } from './addresses.ts';
import { availabilityRoutes } from './availability.ts';
import { deviceImportRoutes } from './deviceImports.ts';
import { coverageRoutes } from './coverage.ts';
import { deviceRoutes } from './devices.ts';
import { dropRoutes } from './drops.ts';
import { eventRoutes } from './events.ts';
import { leaseRoutes } from './leases.ts';
import { invoiceRoutes } from './invoices.ts';
import { noticeRoutes } from './notices.ts';
import { oltCapacityRoutes } from './oltCapacity.ts';
import { orderRoutes } from './orders.ts';
import { paymentRoutes } from './payments.ts';
import { radiusRoutes } from './radius.ts';
import { sipAccountRoutes } from './sipAccounts.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { systemRoutes } from './system.ts';
import { volthaRoutes } from './voltha.ts';

/** Every route file of the hub. Each registers in a scope of its own. */
export const routes: readonly ((app: FastifyInstance, parts: Parts) => Promise<void> | void)[] = [
  systemRoutes, auditRoutes, eventRoutes, subscriptionRoutes, availabilityRoutes, addressRoutes, coverageRoutes, oltCapacityRoutes, dropRoutes, leaseRoutes, orderRoutes, deviceRoutes, sipAccountRoutes, deviceImportRoutes, paymentRoutes, invoiceRoutes, noticeRoutes, radiusRoutes, volthaRoutes, acsMigrationRoutes,
];
