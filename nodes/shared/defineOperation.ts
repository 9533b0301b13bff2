import type { INodeProperties } from 'n8n-workflow';
import type { Clock } from '../../core/src/index.ts';
import type { Inputs } from './inputs.ts';

/** What one operation is given: its parameters for one item, the client of its system, and the time. */
export interface Call<Client> {
  readonly read: Inputs;
  readonly client: Client;
  readonly clock: Clock;
}

/** One row of a node's menu: what people read, what they fill in, and what it does for one item. */
export interface Operation<Client> {
  readonly value: string;
  /** Title case, without the resource. */
  readonly name: string;
  /** Sentence case, no articles, with the resource. */
  readonly action: string;
  /** Adds to the name; written for a reader who sees nothing else. */
  readonly description: string;
  readonly fields: readonly INodeProperties[];
  /** An object leaves as one item, a list as one item each. A refusal is such an object, not a failure. */
  run(call: Call<Client>): unknown;
}

export interface Resource<Client> {
  readonly value: string;
  readonly name: string;
  readonly operations: readonly Operation<Client>[];
}

/**
 * Says that an object is an operation, so that its fields and types are checked where it is written.
 * @example export const get = defineOperation<HubClient>({ value: 'get', name: 'Get', action: 'Get order', description: '…', fields: [orderId], run: ({ read, client }) => client.orders.get(read.text('orderId')) });
 */
export function defineOperation<Client>(operation: Operation<Client>): Operation<Client> {
  return operation;
}

// What stands first in code is what most people want.
const first = (choices: readonly { readonly value: string }[]): string => choices[0]?.value ?? '';
const byName = (a: { readonly name: string }, b: { readonly name: string }) => a.name.localeCompare(b.name, 'en');

/**
 * The parameters of a node: Resource, then Operation per resource, then the fields of each operation. A field object that several
 * operations of a resource share appears once, so that what a user typed survives a change of operation.
 * @example properties: propertiesOf([device, fault, task])
 */
export function propertiesOf<Client>(resources: readonly Resource<Client>[]): INodeProperties[] {
  const properties: INodeProperties[] = [
    {
      displayName: 'Resource',
      name: 'resource',
      type: 'options',
      noDataExpression: true,
      options: [...resources].sort(byName).map(({ name, value }) => ({ name, value })),
      default: first(resources),
    },
  ];
  for (const resource of resources) {
    properties.push({
      displayName: 'Operation',
      name: 'operation',
      type: 'options',
      noDataExpression: true,
      displayOptions: { show: { resource: [resource.value] } },
      options: [...resource.operations].sort(byName).map(({ name, value, action, description }) => ({ name, value, action, description })),
      default: first(resource.operations),
    });
  }
  for (const resource of resources) properties.push(...fieldsOf(resource));
  return properties;
}

function fieldsOf<Client>(resource: Resource<Client>): INodeProperties[] {
  const usedBy = new Map<INodeProperties, string[]>();
  for (const operation of resource.operations) {
    for (const field of operation.fields) usedBy.set(field, [...(usedBy.get(field) ?? []), operation.value]);
  }
  return [...usedBy].map(([field, operations]) => ({
    ...field,
    displayOptions: { ...field.displayOptions, show: { resource: [resource.value], operation: operations, ...field.displayOptions?.show } },
  }));
}
