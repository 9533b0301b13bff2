import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connectHub } from '../shared/hub.ts';

/** Runs of the ACS migration, newest first. */
export async function searchMigrations(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  const runs = await (await connectHub(this)).acsMigration.list();
  return { results: runs.filter(({ runId }) => runId.toLowerCase().includes(filter.trim().toLowerCase())).map(({ runId, status, devices }) => ({ name: `${runId} (${status}, ${devices} devices)`, value: runId })) };
}

/** Stored cards of the account that is typed above. */
export async function searchPaymentMethods(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  const accountId = String(this.getCurrentNodeParameter('accountId') ?? '');
  if (accountId === '') return { results: [] };
  const { methods } = await (await connectHub(this)).payments.methods.list(accountId);
  return { results: methods.map(({ id, kind, brand, last4, isDefault }) => ({ name: `${brand ?? kind} •••• ${last4 ?? ''}${isDefault ? ' (default)' : ''}`, value: id })).filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase())) };
}

/** Subscriptions of the Azure Marketplace, by name, plan or ID. */
export async function searchMarketplaceSubscriptions(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
  const { subscriptions } = await (await connectHub(this)).marketplace.list();
  const sought = filter.trim().toLowerCase();
  return { results: subscriptions.map(({ id, name, planId, status }) => ({ name: `${name} (${planId}, ${status})`, value: id })).filter((one) => `${one.name} ${one.value}`.toLowerCase().includes(sought)) };
}
