import type { Migration } from '../../../journal/src/index.ts';

/** Woken after every commit that wrote links or where drops are, by whomever; leases do not wake it. */
export const PLACES_CHANNEL = 'leadlight_places';

export const placesMigrations: readonly Migration[] = [
  {
    name: 'places-changed-1',
    statements: [
      `CREATE FUNCTION tell_places() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN PERFORM pg_notify('${PLACES_CHANNEL}', ''); RETURN NULL; END $body$`,
      'CREATE TRIGGER drop_link_changed AFTER INSERT OR UPDATE OR DELETE ON drop_link FOR EACH STATEMENT EXECUTE FUNCTION tell_places()',
      'CREATE TRIGGER fibre_drop_placed AFTER INSERT OR DELETE OR UPDATE OF street, city, postal_code, latitude, longitude ON fibre_drop FOR EACH STATEMENT EXECUTE FUNCTION tell_places()',
    ],
  },
];
