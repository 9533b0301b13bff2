import { addDays, type CivilDate } from '../kernel/civil.ts';
import { toDecimal } from '../kernel/decimal.ts';
import { deriveId } from '../kernel/id.ts';
import type { Json } from '../kernel/json.ts';
import type { DropFacts } from '../qualification/drop.ts';
import type { DocumentPlan } from './documentPlan.ts';
import type { ErpSettings } from './erpSettings.ts';
import { equipmentOf, tasksOf } from './installationWork.ts';
import type { ProductOrder } from './productOrder.ts';

export interface DecomposeContext {
  readonly erp: ErpSettings;
  /** The civil day the payment was captured: posting date of the prepayment. Default: the day of the order. */
  readonly paidOn?: CivilDate;
}

const SERVICE_TYPE = { internet: 'Internet', tv: 'TV', phone: 'Phone' } as const;

/**
 * What an order becomes in the back office, in an order in which every link exists before it is used: customer, location, subscriptions,
 * equipment, project, tasks, dispatch job, prepayment (S1-082…095; decision 17 for the prepayment). Keys come from the order id, so a
 * second run finds the first one's documents. Amounts are decimals, as ERPNext speaks them.
 * @throws RangeError when the drop is not the order's.
 * @example decomposeOrder(order, drop, { erp: gigafibreErp }).map((document) => document.step)[0] // 'customer'
 */
export function decomposeOrder(order: ProductOrder, drop: DropFacts, context: DecomposeContext): readonly DocumentPlan[] {
  if (drop.fibreId !== order.fibreId) throw new RangeError(`decomposeOrder: drop ${drop.fibreId} is not the drop of ${order.orderId}`);
  const { erp } = context;
  const port = `${drop.frame}/${drop.slot}/${drop.port}`;
  const decimal = (minor: number): number => Number(toDecimal(minor, order.currency));
  const plan = (step: string, doctype: string, fields: Readonly<Record<string, Json>>, links: Readonly<Record<string, string>> = {}): DocumentPlan => ({
    step, doctype, key: deriveId(order.orderId, ...step.split(':')), fields, links,
  });
  const atHome = { customer: 'customer', service_location: 'location' };
  const firstDay = [...order.preferredDates].sort()[0] ?? order.placedOn;
  const equipment = equipmentOf(order);
  const paidOn = context.paidOn ?? order.placedOn;

  const customer = plan('customer', 'Customer', {
    customer_name: order.customer.name, customer_type: 'Individual', customer_group: erp.customerGroup, territory: erp.territory,
    language: order.language, default_currency: order.currency, ...(erp.taxCategory ? { tax_category: erp.taxCategory } : {}),
    email_id: order.customer.email, mobile_no: order.customer.phone, legacy_customer_id: null,
  });
  const location = plan('location', 'Service Location', {
    status: 'Pending Install', connection_type: 'FTTH', address_line: order.address.street, city: order.address.city, province: erp.province,
    postal_code: order.address.postalCode, country: erp.country, latitude: drop.latitude, longitude: drop.longitude,
    fibre_id: String(drop.fibreId), pricing_zone: drop.zone, max_speed_mbps: drop.maxDownMbps, olt_name: drop.oltName, olt_ip: drop.oltIp,
    olt_frame: drop.frame, olt_slot: drop.slot, olt_port: drop.port, ont_id: drop.ontId, olt_path: `${port}:${drop.ontId}`, port_reservation: order.orderId,
  }, { customer: 'customer' });
  const subscription = (sku: string, type: string, qty: number, mrcMinor: number): DocumentPlan => plan(`sub:${sku}`, 'Service Subscription', {
    status: 'Pending', service_type: type, item: sku, qty, rate: decimal(mrcMinor / qty), currency: order.currency, billing_interval: 'Month',
    commitment_months: String(order.commitmentMonths), order_ref: order.orderId,
  }, atHome);
  const project = plan('project', 'Project', {
    // The seed's name, and the order id because ERPNext wants project names unique.
    project_name: `Installation - ${order.customer.name} (${order.orderId})`.slice(0, 140), company: erp.company, status: 'Open', expected_start_date: order.placedOn,
    expected_end_date: addDays(firstDay, erp.projectDays), percent_complete_method: 'Task Completion',
  }, atHome);
  const tasks = tasksOf(order, port).map(({ step, subject, team }): DocumentPlan => ({
    ...plan(`task:${step}`, 'Task', {
      subject, status: 'Open', priority: step === 'olt_activate' ? 'High' : 'Medium', leadlight_step: step, description: `Équipe : ${team}`,
      ...(step === 'install_on_site' && order.preferredDates.length > 0 ? { exp_start_date: firstDay, exp_end_date: [...order.preferredDates].sort().at(-1)! } : {}),
    }, { project: 'project' }),
    team,
  }));
  const dispatch = plan('dispatch', 'Dispatch Job', {
    status: 'Open', job_type: 'Installation', priority: 'Medium', order_ref: order.orderId, contact_me: order.contactMe ? 1 : 0,
    preferred_dates: order.preferredDates.map((preferred_date, index) => ({ preferred_date, period: 'Any', rank: index + 1 })),
    required_tags: erp.requiredTags.map((tag) => ({ tag })),
    equipment_list: equipment.map(({ type }) => ({ equipment_type: type })),
    contact_name: order.customer.name, contact_phone: order.customer.phone, notes: order.notes,
  }, { ...atHome, project: 'project', ...Object.fromEntries(equipment.map(({ step }, index) => [`equipment_list.${index}.service_equipment`, step])) });
  const prepayment = plan(`pay:${order.paymentIntent}`, 'Payment Entry', {
    payment_type: 'Receive', party_type: 'Customer', company: erp.company, posting_date: paidOn, mode_of_payment: erp.modeOfPayment,
    paid_from: erp.receivableAccount, paid_to: erp.paymentAccount, paid_from_account_currency: order.currency, paid_to_account_currency: order.currency,
    paid_amount: decimal(order.dueNowMinor), received_amount: decimal(order.dueNowMinor), source_exchange_rate: 1, target_exchange_rate: 1,
    reference_no: order.paymentIntent, reference_date: paidOn, gateway_txn_id: order.paymentIntent, docstatus: 1,
  }, { party: 'customer' });

  return [
    customer,
    location,
    ...order.services.map((one) => subscription(one.sku, SERVICE_TYPE[one.type], one.quantity, one.mrcMinor)),
    ...order.addOns.map((one) => subscription(one.sku, 'TV', 1, one.mrcMinor)),
    ...equipment.map(({ step, type, subscription: sub }) => plan(step, 'Service Equipment', { status: 'Pending', equipment_type: type }, { ...atHome, service_subscription: sub })),
    project,
    ...tasks,
    dispatch,
    prepayment,
  ];
}
