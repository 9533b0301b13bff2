import type { ExpansionZone } from '../../../../core/src/index.ts';
import type { Migration, Queryable } from '../../../journal/src/index.ts';

export const zoneMigrations: readonly Migration[] = [
  { name: 'expansion-zone-1', statements: ['CREATE TABLE expansion_zone (tenant text NOT NULL, name text NOT NULL, municipalities text[] NOT NULL, postal_areas text[] NOT NULL, PRIMARY KEY (tenant, name))'] },
];
/** Where the operator will build next; their addresses answer `planned`. */
export async function listZones(on: Queryable): Promise<readonly ExpansionZone[]> {
  const { rows } = await on.query(`SELECT name, municipalities, postal_areas FROM expansion_zone WHERE tenant = 'main' ORDER BY name`);
  return rows.map((row) => { const areas = row['postal_areas'] as string[]; return { name: row['name'] as string, municipalities: row['municipalities'] as string[], ...(areas.length > 0 ? { postalAreas: areas } : {}) }; });
}
export async function putZone(on: Queryable, { name, municipalities, postalAreas = [] }: ExpansionZone): Promise<void> {
  await on.query(`INSERT INTO expansion_zone (tenant, name, municipalities, postal_areas) VALUES ('main', $1, $2::text[], $3::text[]) ON CONFLICT (tenant, name) DO UPDATE SET municipalities = excluded.municipalities, postal_areas = excluded.postal_areas`, [name, municipalities, postalAreas]);
}
export async function deleteZone(on: Queryable, name: string): Promise<boolean> {
  return (await on.query(`DELETE FROM expansion_zone WHERE tenant = 'main' AND name = $1 RETURNING name`, [name])).rows.length > 0;
}
