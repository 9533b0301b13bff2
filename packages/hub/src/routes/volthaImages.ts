import type { FastifyInstance } from 'fastify';
import type { ImageProgress, ImageWanted, OnuImages } from '../api.ts';
import { line, object, whole } from './shapes.ts';
import type { VolthaLink } from './volthaLink.ts';
import { atOnu, volthaSchema, type AtOnu } from './volthaShapes.ts';

const version = line(120);
const flag = { type: 'boolean' } as const;

/** Software of ONUs: each step is answered with how VOLTHA says it stands. */
export function volthaImageRoutes(app: FastifyInstance, { need }: VolthaLink): void {
  const images = (step: string) => need(`voltha.images.${step}`).core.images;
  const told = (progress: Omit<ImageProgress, 'type'>): ImageProgress => ({ type: 'imageProgress', ...progress });

  app.get<AtOnu>('/v1/voltha/onus/:serial/images', volthaSchema('Both software images of an ONU, read from it now', 'OnuImages', { params: atOnu }), async ({ params }): Promise<OnuImages> => ({ type: 'onuImages', serial: params.serial, images: await images('list').list(params.serial) }));
  app.get<AtOnu & { Querystring: { version: string } }>('/v1/voltha/onus/:serial/image-upgrade', volthaSchema('How far an upgrade is; `next` says what is to be done', 'ImageProgress', { params: atOnu, querystring: object({ version }, ['version']) }), async ({ params, query }) => told(await images('progress').status(params.serial, query.version)));

  app.post<AtOnu & { Body: ImageWanted }>(
    '/v1/voltha/onus/:serial/image-upgrade/download',
    volthaSchema('Starts the download of an image from a plain http address', 'ImageProgress', { params: atOnu, body: object({ version, url: line(2_000), vendor: line(40), crc32: whole(0, 4_294_967_295), activateOnSuccess: flag, commitOnSuccess: flag }, ['version', 'url']) }),
    async ({ params, body }) => told(await images('download').download(params.serial, body)),
  );
  app.post<AtOnu & { Body: { version: string; commitOnSuccess?: boolean } }>(
    '/v1/voltha/onus/:serial/image-upgrade/activate',
    volthaSchema('Reboots the ONU into a downloaded image', 'ImageProgress', { params: atOnu, body: object({ version, commitOnSuccess: flag }, ['version']) }),
    async ({ params, body }) => told(await images('activate').activate(params.serial, body.version, body.commitOnSuccess)),
  );
  for (const step of ['commit', 'abort'] as const) {
    const summary = step === 'commit' ? 'Makes the active image the one the ONU boots' : 'Stops an upgrade and forgets its file';
    app.post<AtOnu & { Body: { version: string } }>(`/v1/voltha/onus/:serial/image-upgrade/${step}`, volthaSchema(summary, 'ImageProgress', { params: atOnu, body: object({ version }, ['version']) }), async ({ params, body }) => told(await images(step)[step](params.serial, body.version)));
  }
}
