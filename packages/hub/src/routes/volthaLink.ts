import { isVendorError } from '../../../../core/src/index.ts';
import { axiosSend } from '../../../http/src/send.ts';
import { defaultOpticalPolicy, vgc, voltha, type Onu, type Vgc, type Voltha } from '../../../voltha/src/index.ts';
import type { OnuEntry, OnuListed } from '../api.ts';
import type { Deps } from '../deps.ts';
import { keyOf, opticalStore, type OpticalStore } from '../opticalStore.ts';
import { hubError } from '../replies.ts';

/** The clients and stores the VOLTHA routes share. */
export interface VolthaLink {
  /** @throws VendorError unavailable, naming the variables, when this hub has no VOLTHA. */
  need(operation: string): { readonly core: Voltha; readonly controller: Vgc };
  readonly light: OpticalStore;
  /** Undefined when VOLTHA does not know it. */
  onuOrNone(serial: string): Promise<Onu | undefined>;
  /** ONUs with the last level the hub measured of each. */
  withLight(onus: readonly OnuListed[]): Promise<readonly OnuEntry[]>;
  close(): void;
}

/** Connects at the first call. @example const link = volthaLink(deps); link.need('voltha.get').core.onus.list() */
export function volthaLink({ db, clock, config }: Deps): VolthaLink {
  const where = config.voltha;
  const policy = where?.opticalPolicy ?? defaultOpticalPolicy;
  const core = where && voltha({ address: where.address, tls: where.tls ?? false, clock, limits: policy.limits });
  const controller = where && vgc(axiosSend({ baseUrl: where.vgcUrl }), clock);
  const light = opticalStore(db, clock, policy);
  const need: VolthaLink['need'] = (operation) => {
    if (!core || !controller) throw hubError('unavailable', operation, 'This hub is not connected to a VOLTHA.', 'Set LEADLIGHT_VOLTHA_ADDRESS and LEADLIGHT_VGC_URL.');
    return { core, controller };
  };
  return {
    need,
    light,
    onuOrNone: (serial) =>
      need('voltha.get').core.onus.findBySerial(serial).catch((error: unknown) => {
        if (isVendorError(error) && error.kind === 'notFound') return undefined;
        throw error;
      }),
    withLight: async (onus) => {
      const last = await light.last(onus.map((one) => one.serial));
      return onus.map((one) => ({ ...one, light: last.get(keyOf(one.serial)) ?? null }));
    },
    close: () => core?.close(),
  };
}
