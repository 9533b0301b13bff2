import { insert, load, remove, save } from './documents.ts';
import { FrappeFault, forbidden, invalid } from './fault.ts';
import { count, list } from './query.ts';
import { addRights, getRights, updateRights } from './rights.ts';
import { demand, parseJson, type Site } from './site.ts';
import { rename } from './rename.ts';
import { runQueryReport } from './reports.ts';
import { searchLink } from './search.ts';
import { applyWorkflow } from './workflow.ts';
import { paymentFor, returnFor } from './vouchers.ts';

type Args = Readonly<Record<string, unknown>>;
interface Method {
  /** Callable without a key. */
  readonly guest?: boolean;
  /** Refused by GET (403, as Frappe does for a verb that is not allowed). */
  readonly write?: boolean;
  run(site: Site, args: Args): unknown;
}
const text = (args: Args, key: string): string => {
  const value = args[key];
  if (typeof value !== 'string' || value === '') throw new FrappeFault(500, 'TypeError', '', `missing 1 required positional argument: '${key}'`);
  return value;
};
const asObject = (value: unknown): Record<string, unknown> => {
  const read = typeof value === 'string' ? parseJson(value) : value;
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw invalid('Expected a document');
  return read as Record<string, unknown>;
};

const asList = (value: unknown): readonly string[] => {
  const read = typeof value === 'string' ? parseJson(value) : value;
  return Array.isArray(read) ? read.map(String) : [];
};

function addTag(site: Site, doctype: string, name: string, tag: string): string {
  demand(site, doctype, 'write');
  const row = load(site, doctype, name);
  const tags = String(row['_user_tags'] ?? '').split(',').filter(Boolean);
  site.store.put(doctype, { ...row, _user_tags: [...new Set([...tags, tag])].map((one) => `,${one}`).join('') });
  return tag;
}

const METHODS: Readonly<Record<string, Method>> = {
  ping: { guest: true, run: () => 'pong' },
  'frappe.ping': { guest: true, run: () => 'pong' },
  'frappe.client.get_time_zone': { guest: true, run: (site) => ({ time_zone: site.zone }) },
  'frappe.auth.get_logged_user': { run: (site) => site.user },
  'frappe.utils.change_log.get_versions': {
    run: ({ release }) => ({ frappe: { title: 'Frappe Framework', description: 'Full Stack Web Application Framework', branch: `version-${release}`, version: release === 15 ? '15.44.0' : '16.29.0' }, erpnext: { title: 'ERPNext', description: 'Open Source Enterprise Resource Planning', branch: `version-${release}`, version: release === 15 ? '15.22.0' : '16.30.0' } }),
  },
  'frappe.client.get_list': { run: (site, args) => list(site, { ...args, doctype: text(args, 'doctype') }) },
  'frappe.client.get_count': { run: (site, args) => count(site, text(args, 'doctype'), args['filters']) },
  'frappe.client.get': {
    run(site, args) {
      const doctype = text(args, 'doctype');
      demand(site, doctype, 'read');
      return load(site, doctype, typeof args['name'] === 'string' && args['name'] ? args['name'] : String(list(site, { doctype, filters: args['filters'], limit_page_length: 1 })[0]?.['name'] ?? ''));
    },
  },
  'frappe.client.get_value': {
    run(site, args) {
      const wanted = typeof args['fieldname'] === 'string' && args['fieldname'].startsWith('[') ? parseJson(args['fieldname']) : args['fieldname'];
      const fields = Array.isArray(wanted) ? wanted : [wanted ?? 'name'];
      const doctype = text(args, 'doctype');
      if (site.meta(doctype).issingle) return Object.fromEntries(fields.map((field) => [field, site.setting(doctype, String(field)) ?? null]));
      return list(site, { doctype, fields: fields.length > 0 ? fields : ['name'], filters: args['filters'], limit_page_length: 1 })[0] ?? {};
    },
  },
  'frappe.client.get_single_value': { run: (site, args) => site.setting(text(args, 'doctype'), text(args, 'field')) ?? null },
  'frappe.client.insert': { write: true, run: (site, args) => { const doc = asObject(args['doc']); return insert(site, String(doc['doctype']), doc); } },
  'frappe.client.insert_many': {
    write: true,
    run(site, args) {
      const docs = typeof args['docs'] === 'string' ? parseJson(args['docs']) : args['docs'];
      if (!Array.isArray(docs)) throw invalid('Expected a list of documents');
      if (docs.length > 200) throw invalid('Only 200 inserts allowed in one request');
      return docs.map((doc: Record<string, unknown>) => insert(site, String(doc['doctype']), doc).name);
    },
  },
  'frappe.client.save': { write: true, run: (site, args) => { const doc = asObject(args['doc']); return save(site, String(doc['doctype']), String(doc['name']), doc); } },
  'frappe.client.set_value': {
    write: true,
    run(site, args) {
      const given = args['fieldname'];
      const dict = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : typeof given === 'string' && given.trim().startsWith('{') ? asObject(given) : undefined;
      // The trap: with a plain field name every falsy value becomes an empty text.
      return save(site, text(args, 'doctype'), text(args, 'name'), dict ?? { [String(given)]: args['value'] || '' });
    },
  },
  'frappe.client.submit': { write: true, run: (site, args) => { const doc = asObject(args['doc']); return save(site, String(doc['doctype']), String(doc['name']), { ...doc, docstatus: 1 }); } },
  'frappe.client.cancel': { write: true, run: (site, args) => save(site, text(args, 'doctype'), text(args, 'name'), { docstatus: 2 }) },
  'frappe.client.delete': { write: true, run: (site, args) => { remove(site, text(args, 'doctype'), text(args, 'name')); return null; } },
  'frappe.client.get_password': {
    run(site, args) {
      if (!site.roles.includes('System Manager')) throw forbidden();
      return site.store.secret(`${text(args, 'doctype')}/${text(args, 'name')}/${text(args, 'fieldname')}`) ?? null;
    },
  },
  'frappe.desk.form.assign_to.add': {
    write: true,
    run(site, args) {
      const to = asList(args['assign_to']);
      const [doctype, name] = [text(args, 'doctype'), text(args, 'name')];
      load(site, doctype, name);
      const open = (user: string) => [...site.store.rows('ToDo').values()].some((todo) => todo['reference_type'] === doctype && todo['reference_name'] === name && todo['status'] === 'Open' && todo['allocated_to'] === user);
      const known = to.filter(open);
      if (known.length > 0) site.notices.push(`Already in the following Users ToDo list:<br>${known.join('<br>')}`);
      for (const user of to.filter((one) => !open(one))) insert(site, 'ToDo', { allocated_to: user, reference_type: doctype, reference_name: name, description: args['description'] ?? `Assignment for ${doctype} ${name}`, priority: args['priority'] ?? 'Medium', date: args['date'] ?? site.today(), assigned_by: site.user });
      const row = load(site, doctype, name);
      site.store.put(doctype, { ...row, _assign: JSON.stringify([...new Set([...(JSON.parse(String(row['_assign'] ?? '[]')) as unknown[]), ...to])]) });
      return [...site.store.rows('ToDo').values()].filter((todo) => todo['reference_type'] === doctype && todo['reference_name'] === name && todo['status'] === 'Open').map((todo) => ({ owner: todo['allocated_to'], name: todo.name }));
    },
  },
  'frappe.desk.doctype.tag.tag.add_tag': {
    write: true,
    run: (site, args) => addTag(site, text(args, 'dt'), text(args, 'dn'), text(args, 'tag')),
  },
  'frappe.desk.doctype.tag.tag.add_tags': {
    write: true,
    run(site, args) {
      for (const name of asList(args['docs'])) for (const tag of asList(args['tags'])) addTag(site, text(args, 'dt'), name, tag);
    },
  },
  'frappe.desk.doctype.tag.tag.remove_tag': {
    write: true,
    run(site, args) {
      const [doctype, name] = [text(args, 'dt'), text(args, 'dn')];
      demand(site, doctype, 'write');
      const row = load(site, doctype, name);
      const kept = String(row['_user_tags'] ?? '').split(',').filter((one) => one && one !== args['tag']);
      site.store.put(doctype, { ...row, _user_tags: kept.map((one) => `,${one}`).join('') });
    },
  },
  'frappe.desk.search.search_link': { run: searchLink },
  'frappe.desk.form.load.getdoctype': {
    run(site, args) {
      const meta = site.meta(text(args, 'doctype'));
      const children = meta.fields.filter((field) => field.fieldtype === 'Table').map((field) => site.meta(field.options!));
      return { docs: [meta, ...children].map(({ name, fields, istable, issingle, submittable, custom }) => ({ doctype: 'DocType', name, istable: Number(istable ?? false), issingle: Number(issingle ?? false), is_submittable: Number(submittable ?? false), custom: Number(custom ?? false), fields })) };
    },
  },
  'frappe.model.workflow.apply_workflow': { write: true, run: applyWorkflow },
  'frappe.desk.query_report.run': { run: runQueryReport },
  'frappe.client.rename_doc': { write: true, run: (site, args) => rename(site, text(args, 'doctype'), text(args, 'old_name'), text(args, 'new_name'), Boolean(args['merge']) && args['merge'] !== '0') },
  'frappe.core.page.permission_manager.permission_manager.get_permissions': { run: getRights },
  'frappe.core.page.permission_manager.permission_manager.add': { write: true, run: addRights },
  'frappe.core.page.permission_manager.permission_manager.update': { write: true, run: updateRights },
  'erpnext.accounts.doctype.payment_entry.payment_entry.get_payment_entry': { run: (site, args) => paymentFor(site, text(args, 'dt'), text(args, 'dn'), args) },
  'erpnext.accounts.doctype.sales_invoice.sales_invoice.make_sales_return': { run: (site, args) => returnFor(site, text(args, 'source_name')) },
};

/** Calls a whitelisted method. `docs` of getdoctype stands beside `message`, as Desk reads it. */
export function callMethod(site: Site, name: string, args: Args, verb: string): Record<string, unknown> {
  const method = METHODS[name];
  if (!method) throw invalid(`Failed to get method for command ${name}`);
  if (site.user === 'Guest' && !method.guest) throw forbidden(`Function ${name} is not whitelisted.`);
  if (method.write && verb === 'GET') throw forbidden('Not permitted');
  const result = method.run(site, args);
  return name === 'frappe.desk.form.load.getdoctype' ? (result as Record<string, unknown>) : result === undefined || result === null ? {} : { message: result };
}
