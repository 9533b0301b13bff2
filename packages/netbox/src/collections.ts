// What may be asked of each collection, as NetBox 4.4 and 4.6 both know it. An unknown filter is ignored by NetBox and then everything
// comes back, so one that is not listed here is refused before it is sent (access.md 2.2).
import type { Query, Wire } from './call.ts';
import { rejected } from './errors.ts';

export interface Collection { readonly objectType: string; readonly filters: ReadonlySet<string> }

const LOGGED = 'created created_by_request last_updated modified_by_request updated_by_request';
const TAGGED = 'tag tag_id';
const TENANT = 'tenant tenant_group tenant_group_id tenant_id';
const CONTACT = 'contact contact_group contact_role';
const PLACE = 'location location_id region region_id site site_group site_group_id site_id';
const COMPONENT = 'description device device_id device_role device_role_id device_status device_type device_type_id label name rack rack_id tenant tenant_id virtual_chassis virtual_chassis_id';
const CABLED = 'cable_end cable_id cabled mark_connected occupied';
const kind = (objectType: string, shared: readonly string[], own: string): Collection => ({ objectType, filters: new Set(['id', 'q', ...[...shared, own].flatMap((names) => names.split(' ')).filter(Boolean)]) });

export const COLLECTIONS: Readonly<Record<string, Collection>> = {
  'ipam/prefixes': kind('ipam.prefix', [LOGGED, TAGGED, TENANT, CONTACT, PLACE], 'children contains depth description family is_pool mark_utilized mask_length prefix present_in_vrf present_in_vrf_id role role_id scope_id scope_type status vlan_group vlan_group_id vlan_id vlan_vid vrf vrf_id within within_include'),
  'ipam/ip-addresses': kind('ipam.ipaddress', [LOGGED, TAGGED, TENANT, CONTACT], 'address assigned assigned_object_id assigned_object_type assigned_to_interface description device device_id dns_name family fhrpgroup_id interface interface_id mask_length nat_inside_id parent present_in_vrf present_in_vrf_id role service_id status virtual_machine virtual_machine_id vminterface vminterface_id vrf vrf_id'),
  'ipam/ip-ranges': kind('ipam.iprange', [LOGGED, TAGGED, TENANT, CONTACT], 'contains description end_address family mark_populated mark_utilized parent role role_id size start_address status vrf vrf_id'),
  'ipam/vlans': kind('ipam.vlan', [LOGGED, TAGGED, TENANT], 'available_at_site available_on_device available_on_virtualmachine description group group_id interface_id l2vpn l2vpn_id name qinq_role qinq_svlan_id qinq_svlan_vid region region_id role role_id site site_group site_group_id site_id status vid vminterface_id'),
  'ipam/vlan-groups': kind('ipam.vlangroup', [LOGGED, TAGGED, TENANT], 'cluster cluster_group contains_vid description location name rack region scope_id scope_type site site_group slug'),
  'ipam/vrfs': kind('ipam.vrf', [LOGGED, TAGGED, TENANT], 'description enforce_unique export_target export_target_id import_target import_target_id name rd'),
  'ipam/roles': kind('ipam.role', [LOGGED, TAGGED], 'description name slug weight'),
  'ipam/aggregates': kind('ipam.aggregate', [LOGGED, TAGGED, TENANT, CONTACT], 'date_added description family prefix rir rir_id'),
  'ipam/rirs': kind('ipam.rir', [LOGGED, TAGGED], 'description is_private name slug'),
  'ipam/asns': kind('ipam.asn', [LOGGED, TAGGED, TENANT], 'asn description provider provider_id rir rir_id site site_group site_group_id site_id'),
  'tenancy/tenants': kind('tenancy.tenant', [LOGGED, TAGGED, CONTACT], 'description group group_id name slug'),
  'tenancy/tenant-groups': kind('tenancy.tenantgroup', [LOGGED, TAGGED], 'ancestor ancestor_id description name parent parent_id slug'),
  'tenancy/contacts': kind('tenancy.contact', [LOGGED, TAGGED], 'address description email group group_id link name phone title'),
  'dcim/sites': kind('dcim.site', [LOGGED, TAGGED, TENANT, CONTACT], 'asn asn_id description facility group group_id latitude longitude name region region_id slug status time_zone'),
  'dcim/regions': kind('dcim.region', [LOGGED, TAGGED, CONTACT], 'ancestor ancestor_id description name parent parent_id slug'),
  'dcim/locations': kind('dcim.location', [LOGGED, TAGGED, TENANT, CONTACT], 'ancestor ancestor_id description facility name parent parent_id region region_id site site_group site_group_id site_id slug status'),
  'dcim/racks': kind('dcim.rack', [LOGGED, TAGGED, TENANT, CONTACT, PLACE], 'airflow asset_tag desc_units description facility_id form_factor manufacturer manufacturer_id max_weight mounting_depth name outer_depth outer_height outer_unit outer_width rack_type rack_type_id role role_id serial starting_unit status u_height weight weight_unit width'),
  'dcim/manufacturers': kind('dcim.manufacturer', [LOGGED, TAGGED, CONTACT], 'description name slug'),
  'dcim/device-types': kind('dcim.devicetype', [LOGGED, TAGGED], 'airflow console_port_template_count console_ports console_server_port_template_count console_server_ports default_platform default_platform_id description device_bay_template_count device_bays exclude_from_utilization front_port_template_count has_front_image has_rear_image interface_template_count interfaces inventory_item_template_count inventory_items is_full_depth manufacturer manufacturer_id model module_bay_template_count module_bays part_number pass_through_ports power_outlet_template_count power_outlets power_port_template_count power_ports rear_port_template_count slug subdevice_role u_height weight weight_unit'),
  'dcim/device-roles': kind('dcim.devicerole', [LOGGED, TAGGED], 'ancestor ancestor_id color config_template_id description name parent parent_id slug vm_role'),
  'dcim/platforms': kind('dcim.platform', [LOGGED, TAGGED], 'ancestor ancestor_id available_for_device_type config_template_id description manufacturer manufacturer_id name parent parent_id slug'),
  'dcim/devices': kind('dcim.device', [LOGGED, TAGGED, TENANT, CONTACT, PLACE], 'airflow asset_tag cluster_group cluster_group_id cluster_id config_template_id console_port_count console_ports console_server_port_count console_server_ports description device_bay_count device_bays device_type device_type_id face front_port_count has_oob_ip has_primary_ip has_virtual_device_context interface_count interfaces inventory_item_count is_full_depth latitude local_context_data longitude mac_address manufacturer manufacturer_id model module_bay_count module_bays name oob_ip_id parent_bay_id parent_device_id pass_through_ports platform platform_id position power_outlet_count power_outlets power_port_count power_ports primary_ip4 primary_ip4_id primary_ip6 primary_ip6_id rack_id rear_port_count role role_id serial status vc_position vc_priority virtual_chassis_id virtual_chassis_member'),
  'dcim/interfaces': kind('dcim.interface', [LOGGED, TAGGED, PLACE, COMPONENT, CABLED], 'bridge_id connected duplex enabled kind l2vpn l2vpn_id lag_id mac_address mgmt_only mode module_id mtu parent_id poe_mode poe_type primary_mac_address primary_mac_address_id rf_channel rf_channel_frequency rf_channel_width rf_role speed tx_power type vdc vdc_id vdc_identifier virtual_chassis_member virtual_chassis_member_id virtual_chassis_member_or_master virtual_chassis_member_or_master_id virtual_circuit_id virtual_circuit_termination_id vlan vlan_id vlan_translation_policy vlan_translation_policy_id vrf vrf_id wireless_lan_id wireless_link_id wwn'),
  'dcim/front-ports': kind('dcim.frontport', [LOGGED, TAGGED, PLACE, COMPONENT, CABLED], 'color module_id rear_port_id type'),
  'dcim/rear-ports': kind('dcim.rearport', [LOGGED, TAGGED, PLACE, COMPONENT, CABLED], 'color module_id positions type'),
  'dcim/cables': kind('dcim.cable', [LOGGED, TAGGED, TENANT], 'circuittermination_id color consoleport_id consoleserverport_id description device device_id frontport_id interface_id label length length_unit location location_id powerfeed_id poweroutlet_id powerport_id rack rack_id rearport_id site site_id status termination_a_id termination_a_type termination_b_id termination_b_type type unterminated'),
  'dcim/inventory-items': kind('dcim.inventoryitem', [LOGGED, TAGGED, PLACE, COMPONENT], 'asset_tag component_id component_type discovered manufacturer manufacturer_id parent_id part_id role role_id serial status'),
  'circuits/providers': kind('circuits.provider', [LOGGED, TAGGED, CONTACT], 'asn asn_id description name region region_id site site_group site_group_id site_id slug'),
  'circuits/circuits': kind('circuits.circuit', [LOGGED, TAGGED, TENANT, CONTACT], 'cid commit_rate description distance distance_unit install_date location_id provider provider_account provider_account_id provider_id provider_network_id region region_id site site_group site_group_id site_id status termination_a_id termination_date termination_z_id type type_id'),
  'extras/tags': kind('extras.tag', [LOGGED], 'color content_type content_type_id description for_object_type_id name object_types slug weight'),
  'extras/custom-fields': kind('extras.customfield', [LOGGED], 'choice_set choice_set_id description filter_logic group_name is_cloneable label name object_type object_type_id related_object_type related_object_type_id required search_weight type ui_editable ui_visible unique validation_maximum validation_minimum validation_regex weight'),
  'extras/webhooks': kind('extras.webhook', [LOGGED, TAGGED], 'ca_file_path description http_content_type http_method name payload_url secret ssl_verification'),
  'extras/event-rules': kind('extras.eventrule', [LOGGED, TAGGED], 'action_object_id action_object_type action_type description enabled event_type name object_type object_type_id'),
  'extras/journal-entries': kind('extras.journalentry', [LOGGED, TAGGED], 'assigned_object_id assigned_object_type assigned_object_type_id created_by created_by_id kind'),
  'core/object-changes': kind('core.objectchange', [], 'action changed_object_id changed_object_type changed_object_type_id object_repr related_object_id related_object_type request_id time_after time_before user user_id user_name'),
};

/** How a reply is shaped, not what is in it. */
const SHAPE = new Set(['limit', 'offset', 'start', 'ordering', 'brief', 'fields', 'omit', 'exclude']);
const LOOKUPS = new Set(['n', 'empty', 'gt', 'gte', 'lt', 'lte', 'ic', 'nic', 'ie', 'nie', 'iew', 'niew', 'isw', 'nisw', 'regex', 'iregex']);

/**
 * A collection as the API names it, `app/plural`. @throws VendorError rejectedInput
 * @example collectionOf('objects.get', '/ipam/prefixes/') // 'ipam/prefixes'
 */
export function collectionOf(operation: string, typed: string): string {
  const path = typed.trim().replace(/^\/+|\/+$/g, '').replace(/^api\//, '');
  if (!/^(plugins\/)?[a-z][a-z0-9_-]*\/[a-z][a-z0-9-]*$/.test(path)) throw rejected(operation, 'A collection is written app/plural.', 'e.g. ipam/prefixes or dcim/devices, as in the address of the API.');
  return path;
}

/** The custom fields a kind of object has on this NetBox. @example await customFieldNames(wire, 'ipam.prefix') */
export async function customFieldNames(wire: Wire, objectType: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const field of wire.list('customFields.list', 'extras/custom-fields', { object_type: objectType })) if (((field['object_types'] ?? []) as unknown[]).includes(objectType)) names.add(String(field['name']));
  return names;
}

/**
 * Refuses what NetBox would silently ignore: a filter it does not know, a custom field the kind of object does not have.
 * @throws VendorError rejectedInput with the nearest names
 * @example await checkFilters(wire, 'objects.list', 'ipam/prefixes', { role: 'subscribers', cf_leadlight_key: 'ord_1' })
 */
export async function checkFilters(wire: Wire, operation: string, path: string, query: Query): Promise<void> {
  const known = COLLECTIONS[path];
  for (const name of Object.keys(query)) {
    if (SHAPE.has(name) || name === 'id' || name === 'q') continue;
    const [base = '', lookup] = name.split(/__(?=[a-z]+$)/);
    if (!known) throw rejected(operation, `Whether ${path} can be filtered by ${name} is not known.`, 'Use id or q, or filter what comes back.', { filter: name });
    if (lookup !== undefined && !LOOKUPS.has(lookup)) throw rejected(operation, `${name} ends in no lookup NetBox has.`, `Use one of ${[...LOOKUPS].map((one) => `__${one}`).join(' ')}.`, { filter: name });
    if (base.startsWith('cf_')) await checkCustomFields(wire, operation, path, [base.slice(3)]);
    else if (!known.filters.has(base)) {
      const near = [...known.filters].filter((one) => one.includes(base) || base.includes(one) || one.slice(0, 3) === base.slice(0, 3)).slice(0, 8);
      throw rejected(operation, `${path} has no filter ${name}; NetBox would ignore it and return everything.`, `${near.length > 0 ? `Did you mean ${near.join(', ')}? ` : ''}Custom fields are asked as cf_name.`, { filter: name });
    }
  }
}

/** @throws VendorError rejectedInput when a kind of object has no such custom field; NetBox before 4.5 would drop its value in silence */
export async function checkCustomFields(wire: Wire, operation: string, path: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const known = COLLECTIONS[path];
  if (!known) throw rejected(operation, `Which custom fields ${path} has is not known.`, 'Leave custom_fields out.');
  const has = await customFieldNames(wire, known.objectType);
  const strange = names.find((name) => !has.has(name));
  if (strange !== undefined) throw rejected(operation, `${known.objectType} has no custom field ${strange}.`, has.size > 0 ? `It has ${[...has].slice(0, 12).join(', ')}.` : 'Create it in NetBox first.', { customField: strange });
}
