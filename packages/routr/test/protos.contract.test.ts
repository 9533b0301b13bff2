// LEADLIGHT_ROUTR_PROTOS names a folder with agents.proto, credentials.proto, domains.proto and what they import, out of a checkout of
// Routr (mods/common/src/connect/protos). Without it only the bytes of contract.test.ts stand for them.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import protobuf from 'protobufjs';
import { descriptor, methods } from '../src/index.ts';

const folder = process.env['LEADLIGHT_ROUTR_PROTOS'];

(folder ? test : test.skip)(`every message, field, enum and call agrees with the official files${folder ? '' : ' (skipped: LEADLIGHT_ROUTR_PROTOS is not set)'}`, () => {
  const real = new protobuf.Root();
  // protobufjs carries google/protobuf/* itself.
  const carried = dirname(require.resolve('protobufjs/package.json'));
  real.resolvePath = (_origin, target) => [join(folder!, target), join(carried, target)].find((path) => existsSync(path)) ?? target;
  real.loadSync(['agents.proto', 'credentials.proto', 'domains.proto']).resolveAll();
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
          const shape = (of: protobuf.Field | undefined) => of && [of.id, of.resolvedType?.fullName ?? of.type, of.repeated, of.partOf?.name ?? ''].join(' ');
          if (shape(field) !== shape(there.fields[field.name])) differences.push(`${name}.${field.name}: ${shape(field)} here, ${shape(there.fields[field.name]) ?? 'nothing'} there`);
        }
      }
      if (one instanceof protobuf.Enum) {
        const there = real.lookupEnum(name).values;
        for (const [value, number] of Object.entries(one.values)) {
          looked += 1;
          if (there[value] !== number) differences.push(`${name}.${value}`);
        }
      }
      if (one instanceof protobuf.Namespace) walk(one);
    }
  };
  walk(ours);
  for (const { path } of Object.values(methods)) {
    looked += 1;
    const [service = '', call = ''] = path.slice(1).split('/');
    const [mine, there] = [ours, real].map((root) => root.lookupService(service).methods[call]?.resolve() as protobuf.Method | undefined);
    const shape = (of: protobuf.Method | undefined) => of && [of.resolvedRequestType?.fullName, of.resolvedResponseType?.fullName, of.requestStream ?? false, of.responseStream ?? false].join(' ');
    if (shape(mine) !== shape(there)) differences.push(`${path}: ${shape(mine)} here, ${shape(there)} there`);
  }
  expect(looked).toBeGreaterThan(80);
  expect(differences).toEqual([]);
});
