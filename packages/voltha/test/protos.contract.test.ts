// Contract 1 in full: LEADLIGHT_VOLTHA_PROTOS names the `protos` folder of a voltha-protos checkout. Without it only the bytes written by
// hand in contract.test.ts stand for the official files.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import protobuf from 'protobufjs';
import { descriptor, methods } from '../src/index.ts';

const folder = process.env['LEADLIGHT_VOLTHA_PROTOS'];
const official = folder ? test : test.skip;

official(`[access-1] every message, field, enum and call agrees with the official files${folder ? '' : ' (skipped: LEADLIGHT_VOLTHA_PROTOS is not set)'}`, () => {
  const real = new protobuf.Root();
  // protobufjs carries google/protobuf/* itself.
  const carried = dirname(require.resolve('protobufjs/package.json'));
  real.resolvePath = (_origin, target) => [join(folder!, target), join(carried, target)].find((path) => existsSync(path)) ?? target;
  real.loadSync(['voltha_protos/voltha.proto', 'voltha_protos/extensions.proto', 'voltha_protos/device.proto'], { keepCase: true }).resolveAll();
  const ours = protobuf.Root.fromJSON(descriptor as never).resolveAll();
  const differences: string[] = [];
  let looked = 0;
  const walk = (node: protobuf.NamespaceBase): void => {
    for (const one of node.nestedArray) {
      const name = one.fullName.slice(1);
      if (one instanceof protobuf.Type) {
        const there = real.lookupType(name);
        for (const field of one.fieldsArray) {
          looked += 1;
          const same = there.fields[field.name];
          const shape = (of: protobuf.Field | undefined) => of && [of.id, of.resolvedType?.fullName ?? of.type, of.repeated, of.partOf?.name ?? ''].join(' ');
          if (shape(field) !== shape(same)) differences.push(`${name}.${field.name}: ${shape(field)} here, ${shape(same) ?? 'nothing'} there`);
        }
      }
      if (one instanceof protobuf.Enum) {
        looked += 1;
        const there = real.lookupEnum(name).values;
        for (const [value, number] of Object.entries(one.values)) if (there[value] !== number) differences.push(`${name}.${value}`);
      }
      if (one instanceof protobuf.Namespace) walk(one);
    }
  };
  walk(ours);
  for (const { path, name } of Object.values(methods)) {
    looked += 1;
    const [service = ''] = path.slice(1).split('/');
    const [mine, there] = [ours, real].map((root) => root.lookupService(service).methods[name]?.resolve() as protobuf.Method | undefined);
    const shape = (of: protobuf.Method | undefined) => of && [of.resolvedRequestType?.fullName, of.resolvedResponseType?.fullName, of.requestStream ?? false, of.responseStream ?? false].join(' ');
    if (shape(mine) !== shape(there)) differences.push(`${path}: ${shape(mine)} here, ${shape(there)} there`);
  }
  expect(looked).toBeGreaterThan(100);
  expect(differences).toEqual([]);
});
