import type { INodeProperties } from 'n8n-workflow';

const types: Readonly<Record<string, string>> = {
  'device.activated': 'Device Activated',
  'device.bootstrap': 'Device Bootstrap',
  'notice.sent': 'Notice Sent',
  'notice.failed': 'Notice Failed',
  'order.cancelled': 'Order Cancelled',
  'order.completed': 'Order Live',
  'order.fallout': 'Order Fallout',
  'order.opened': 'Order Opened',
  'payment.captured': 'Payment Captured',
  'payment.disputed': 'Payment Disputed',
  'payment.failed': 'Payment Failed',
  'payment.refunded': 'Payment Refunded',
  'paymentMethod.updated': 'Payment Method Updated',
  'port.expired': 'Port Expired',
  'port.held': 'Port Held',
  'port.released': 'Port Released',
};

export const properties: INodeProperties[] = [
  {
    displayName: 'Events',
    name: 'events',
    type: 'multiOptions',
    options: [...Object.entries(types).map(([value, name]) => ({ name, value })), { name: 'Custom', value: 'custom' }].sort((a, b) => a.name.localeCompare(b.name, 'en')),
    default: [],
    required: true,
    description: 'What starts the workflow',
  },
  {
    displayName: 'Custom Events',
    name: 'customEvents',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. installation.completed, device.*',
    description: 'Event types separated by commas; a star at the end stands for any ending',
    displayOptions: { show: { events: ['custom'] } },
  },
];
