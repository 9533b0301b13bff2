// Software of ONUs: errors of one device ride inside an OK answer (access reference 1.2). Times are the world's.
import { GrpcStatus } from './grpcStatus.ts';
import type { Fleet, SimImage, SimOnu } from './fleet.ts';

interface Asked {
  readonly device_id: readonly { readonly id: string }[];
  readonly version?: string;
  readonly commitOnSuccess?: boolean;
  readonly activateOnSuccess?: boolean;
  readonly image?: { readonly version: string; readonly url: string; readonly vendor: string } | null;
}
interface State {
  readonly version: string;
  readonly download_state: string;
  readonly image_state: string;
  readonly reason: string;
}
const DOWNLOAD_MS = 60_000;
const ACTIVATE_MS = 20_000;
const COMMIT_MS = 2_000;

const imagesOf = (onu: SimOnu): SimImage[] => (onu.images ??= [{ version: 'V5R019C10S115', active: true, committed: true }, { version: 'V5R019C10S100', active: false, committed: false }]);
/** The software an ONU runs. @example activeVersion(onu) // 'V5R019C10S115' */
export const activeVersion = (onu: SimOnu): string => onu.images?.find((one) => one.active)?.version ?? 'V5R019C10S115';

/** The six calls about images. @example imageCalls(fleet).GetOnuImages({ id: 'onu-1' }) */
export function imageCalls(fleet: Fleet) {
  const state = (version: string, download_state: string, image_state: string, reason = 'NO_ERROR'): State => ({ version, download_state, image_state, reason });

  /** Brings an upgrade up to now: what is due by the clock has happened. */
  function now(onu: SimOnu, version: string): State {
    const run = onu.upgrade;
    if (!run || run.version !== version) {
      const there = imagesOf(onu).find((one) => one.version === version);
      return state(version, 'DOWNLOAD_UNKNOWN', there ? (there.committed ? 'IMAGE_COMMITTED' : there.active ? 'IMAGE_ACTIVE' : 'IMAGE_INACTIVE') : 'IMAGE_UNKNOWN');
    }
    if (run.aborted) return state(version, 'DOWNLOAD_CANCELLED', 'IMAGE_DOWNLOADING_ABORTED', 'CANCELLED_ON_REQUEST');
    const downloaded = run.startedAt + DOWNLOAD_MS;
    if (fleet.now < downloaded) return state(version, 'DOWNLOAD_STARTED', 'IMAGE_DOWNLOADING');
    const spare = imagesOf(onu).findIndex((one) => !one.active && one.version !== version);
    if (!imagesOf(onu).some((one) => one.version === version)) imagesOf(onu)[spare] = { version, active: false, committed: false };
    if (run.activateOnSuccess) run.activatedAt ??= downloaded;
    if (run.activatedAt === undefined) return state(version, 'DOWNLOAD_SUCCEEDED', 'IMAGE_INACTIVE');
    if (fleet.now < run.activatedAt + ACTIVATE_MS) return state(version, 'DOWNLOAD_SUCCEEDED', 'IMAGE_ACTIVATING');
    for (const one of imagesOf(onu)) one.active = one.version === version;
    if (run.commitOnSuccess) run.committedAt ??= run.activatedAt + ACTIVATE_MS;
    if (run.committedAt === undefined) return state(version, 'DOWNLOAD_SUCCEEDED', 'IMAGE_ACTIVE');
    if (fleet.now < run.committedAt + COMMIT_MS) return state(version, 'DOWNLOAD_SUCCEEDED', 'IMAGE_COMMITTING');
    for (const one of imagesOf(onu)) one.committed = one.version === version;
    return state(version, 'DOWNLOAD_SUCCEEDED', 'IMAGE_COMMITTED');
  }
  const each = (asked: Asked, version: string, unknown: State, what: (onu: SimOnu) => State) => {
    if (asked.device_id.length === 0) throw new GrpcStatus(3, 'empty device id');
    if (!version) throw new GrpcStatus(3, 'empty image version');
    return { device_image_states: asked.device_id.map(({ id }) => {
      const onu = fleet.onu(id);
      return { device_id: id, imageState: onu ? what(onu) : unknown };
    }) };
  };

  return {
    DownloadImageToDevice: (asked: Asked) => {
      const { version = '', url = '' } = asked.image ?? {};
      return each(asked, version, state(version, 'DOWNLOAD_FAILED', 'IMAGE_UNKNOWN', 'UNKNOWN_ERROR'), (onu) => {
        if (/https:/.test(url)) return state(version, 'DOWNLOAD_FAILED', 'IMAGE_UNKNOWN', 'UNKNOWN_ERROR');
        if (onu.imageRefusal) return state(version, 'DOWNLOAD_FAILED', 'IMAGE_UNKNOWN', onu.imageRefusal);
        onu.upgrade = { version, activateOnSuccess: asked.activateOnSuccess === true, commitOnSuccess: asked.commitOnSuccess === true, startedAt: fleet.now };
        return state(version, 'DOWNLOAD_STARTED', 'IMAGE_UNKNOWN');
      });
    },
    GetImageStatus: (asked: Asked) => each(asked, asked.version ?? '', state(asked.version ?? '', 'DOWNLOAD_UNKNOWN', 'IMAGE_UNKNOWN', 'UNKNOWN_ERROR'), (onu) => now(onu, asked.version ?? '')),
    ActivateImage: (asked: Asked) => {
      const version = asked.version ?? '';
      const refused = state(version, 'DOWNLOAD_UNKNOWN', 'IMAGE_ACTIVATION_ABORTED', 'UNKNOWN_ERROR');
      return each(asked, version, refused, (onu) => {
        if (now(onu, version).image_state !== 'IMAGE_INACTIVE') return refused;
        onu.upgrade ??= { version, activateOnSuccess: false, commitOnSuccess: false, startedAt: fleet.now - DOWNLOAD_MS };
        Object.assign(onu.upgrade, { activatedAt: fleet.now, commitOnSuccess: asked.commitOnSuccess === true });
        onu.rebootedAt = fleet.now;
        return state(version, 'DOWNLOAD_SUCCEEDED', 'IMAGE_ACTIVATING');
      });
    },
    CommitImage: (asked: Asked) => {
      const version = asked.version ?? '';
      return each(asked, version, state(version, 'DOWNLOAD_UNKNOWN', 'IMAGE_COMMIT_ABORTED', 'UNKNOWN_ERROR'), (onu) => {
        if (now(onu, version).image_state !== 'IMAGE_ACTIVE') return state(version, 'DOWNLOAD_FAILED', 'IMAGE_COMMIT_ABORTED', 'UNKNOWN_ERROR');
        onu.upgrade!.committedAt = fleet.now;
        return state(version, 'DOWNLOAD_SUCCEEDED', 'IMAGE_COMMITTING');
      });
    },
    AbortImageUpgradeToDevice: (asked: Asked) => each(asked, asked.version ?? '', state(asked.version ?? '', 'DOWNLOAD_UNKNOWN', 'IMAGE_UNKNOWN', 'UNKNOWN_ERROR'), (onu) => {
      if (onu.upgrade?.version === asked.version) onu.upgrade!.aborted = true;
      return now(onu, asked.version ?? '');
    }),
    GetOnuImages: ({ id }: { id: string }) => {
      const onu = fleet.onu(id);
      if (!id) throw new GrpcStatus(3, 'empty device id');
      if (!onu) throw new GrpcStatus(5, id);
      if (onu.upgrade) now(onu, onu.upgrade.version);
      return { items: imagesOf(onu).map(({ version, active, committed }) => ({ version, isCommited: committed, isActive: active, isValid: true, productCode: 'SIM-ONT' })) };
    },
  };
}
