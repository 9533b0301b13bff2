import type { Row, Store, Termination } from './store.ts';

type Errors = Record<string, unknown>;
const PATHS: Readonly<Record<string, string>> = { 'dcim.interface': 'dcim/interfaces', 'dcim.frontport': 'dcim/front-ports', 'dcim.rearport': 'dcim/rear-ports' };

/** Where a front port leads. Up to 4.4 it is one rear port and a position, both required; since 4.5 a list, and the old fields are ignored. */
export function checkFrontPort(data: Store, row: Record<string, unknown>, body: Record<string, unknown>, before: Row | undefined, errors: Errors): void {
  if (!data.atLeast(4, 5)) {
    const rear = body['rear_port'] ?? (before?.['rear_ports'] as { rear_port: number }[] | undefined)?.[0]?.rear_port;
    if (rear === undefined) errors['rear_port'] = ['This field is required.'];
    else row['rear_ports'] = [{ position: 1, rear_port: Number(rear), rear_port_position: Number(body['rear_port_position'] ?? (before?.['rear_ports'] as { rear_port_position: number }[] | undefined)?.[0]?.rear_port_position ?? 1) }];
  }
  delete row['rear_port'];
  delete row['rear_port_position'];
  for (const { rear_port: id, rear_port_position: position } of (row['rear_ports'] ?? []) as { rear_port: number; rear_port_position: number }[]) {
    const rear = data.get('dcim/rear-ports', id);
    if (!rear) errors['rear_ports'] = [{ rear_port: [`Invalid pk "${id}" - object does not exist.`] }];
    else if (position > Number(rear['positions'])) errors['rear_ports'] = [`Invalid rear port position (${position}): Rear port ${String(rear['name'])} has only ${String(rear['positions'])} positions.`];
  }
}

/** A cable has ports at both sides, none of which another cable or a mark occupies. */
export function checkCable(data: Store, row: Record<string, unknown>, before: Row | undefined, errors: Errors, all: string[]): void {
  const [a, b] = [(row['a_terminations'] ?? []) as Termination[], (row['b_terminations'] ?? []) as Termination[]];
  if (!before && (a.length === 0 || b.length === 0)) all.push('Must define A and B terminations when creating a new cable.');
  if (row['length'] !== null && !row['length_unit']) all.push('Must specify a unit when setting a cable length');
  for (const [side, ends] of [['a_terminations', a], ['b_terminations', b]] as const) {
    for (const { object_type: type, object_id: id } of ends) {
      const port = data.get(PATHS[type] ?? '', id);
      if (!port) {
        errors[side] = [{ object_type: [`Object does not exist: ${type} ${id}`] }];
        continue;
      }
      if (port['mark_connected'] === true) all.push(`Cannot connect a cable to ${type} > ${String(port['name'])} because it is marked as connected.`);
      const taken = data.cableAt(port);
      if (taken && taken.id !== before?.id) all.push(`Duplicate termination found for ${type} ${id}: cable ${taken.id}`);
    }
    row[side] = ends.map(({ object_type: type, object_id: id }) => ({ object_type: type, object_id: id }));
  }
}
