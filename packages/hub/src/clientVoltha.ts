// The VOLTHA part of the hub's client.
import type { HttpRequest } from '../../../core/src/index.ts';
import type * as api from './apiVoltha.ts';

type Call = <T>(operation: string, request: HttpRequest) => Promise<T>;
const seg = encodeURIComponent;

/** @example volthaClient(call).get('RCMG19E01234') */
export function volthaClient(call: Call) {
  const get = <T>(operation: string, path: string, query?: object) => call<T>(operation, { method: 'GET', path, ...(query ? { query: query as NonNullable<HttpRequest['query']> } : {}) });
  const post = <T>(operation: string, path: string, body: object = {}) => call<T>(operation, { method: 'POST', path, body });
  const drop = <T>(operation: string, path: string, query?: object) => call<T>(operation, { method: 'DELETE', path, ...(query ? { query: query as NonNullable<HttpRequest['query']> } : {}) });
  const onu = (serial: string, tail = '') => `/v1/voltha/onus/${seg(serial)}${tail}`;
  const olt = (id: string, tail = '') => `/v1/voltha/olts/${seg(id)}${tail}`;
  const even = (yes: boolean, name: string) => (yes ? { [name]: true } : {});

  return {
    get: (serial: string) => get<api.OnuState>('voltha.get', onu(serial)),
    list: (query: api.OnuQuery = {}) => get<api.OnuList>('voltha.list', '/v1/voltha/onus', query),
    enable: (serial: string, body: api.OnuSwitch = {}) => post<api.OnuState>('voltha.enable', onu(serial, '/enable'), body),
    disable: (serial: string, body: api.OnuSwitch = {}) => post<api.OnuState>('voltha.disable', onu(serial, '/disable'), body),
    reboot: (serial: string) => post<api.OnuState>('voltha.reboot', onu(serial, '/reboot')),
    remove: (serial: string, evenWithService = false) => drop<api.OnuRemoved>('voltha.remove', onu(serial), even(evenWithService, 'evenWithService')),
    alarms: (serial: string) => get<api.OnuAlarms>('voltha.alarms', onu(serial, '/alarms')),
    details: (serial: string) => get<api.OnuDetails>('voltha.details', onu(serial, '/details')),
    optical: (serial: string, query: api.OpticalQuery = {}) => get<api.OnuOptical>('voltha.optical', onu(serial, '/optical'), query),
    opticalHistory: (serial: string, query: { from?: string; limit?: number } = {}) => get<api.OpticalHistory>('voltha.opticalHistory', onu(serial, '/optical-history'), query),
    forgetHistory: (serial: string) => drop<api.HistoryForgotten>('voltha.forgetHistory', onu(serial, '/optical-history')),
    service: (serial: string) => get<api.OnuService>('voltha.service', onu(serial, '/service')),
    provision: (serial: string, body: api.OnuProvision) => post<api.OnuProvisioned>('voltha.provision', onu(serial, '/provision'), body),
    changeProfile: (serial: string, body: api.OnuSpeed) => post<api.OnuService>('voltha.changeProfile', onu(serial, '/change-profile'), body),
    suspend: (serial: string) => post<api.OnuService>('voltha.suspend', onu(serial, '/suspend')),
    resume: (serial: string) => post<api.OnuService>('voltha.resume', onu(serial, '/resume')),
    deprovision: (serial: string) => post<api.OnuProvisioned>('voltha.deprovision', onu(serial, '/deprovision')),
    images: {
      list: (serial: string) => get<api.OnuImages>('voltha.images.list', onu(serial, '/images')),
      progress: (serial: string, version: string) => get<api.ImageProgress>('voltha.images.progress', onu(serial, '/image-upgrade'), { version }),
      download: (serial: string, body: api.ImageWanted) => post<api.ImageProgress>('voltha.images.download', onu(serial, '/image-upgrade/download'), body),
      activate: (serial: string, body: { version: string; commitOnSuccess?: boolean }) => post<api.ImageProgress>('voltha.images.activate', onu(serial, '/image-upgrade/activate'), body),
      commit: (serial: string, version: string) => post<api.ImageProgress>('voltha.images.commit', onu(serial, '/image-upgrade/commit'), { version }),
      abort: (serial: string, version: string) => post<api.ImageProgress>('voltha.images.abort', onu(serial, '/image-upgrade/abort'), { version }),
    },
    olts: {
      list: () => get<readonly api.OltState[]>('voltha.olts.list', '/v1/voltha/olts'),
      get: (id: string) => get<api.OltState>('voltha.olts.get', olt(id)),
      add: (body: api.OltWanted) => post<api.OltState>('voltha.olts.add', '/v1/voltha/olts', body),
      enable: (id: string) => post<api.OltState>('voltha.olts.enable', olt(id, '/enable')),
      disable: (id: string, evenWithOnus = false) => post<api.OltState>('voltha.olts.disable', olt(id, '/disable'), even(evenWithOnus, 'evenWithOnus')),
      remove: (id: string, evenWithOnus = false) => drop<api.OltRemoved>('voltha.olts.remove', olt(id), even(evenWithOnus, 'evenWithOnus')),
      pon: (id: string, pon: number) => get<api.PonState>('voltha.olts.pon', olt(id, `/pons/${pon}`)),
      scan: (id: string, pon: number) => post<api.PonScan>('voltha.olts.scan', olt(id, `/pons/${pon}/scan`)),
    },
    poll: () => post<api.DevicesPolled>('voltha.poll', '/v1/voltha/poll'),
  };
}
