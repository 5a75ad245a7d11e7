import { crc32 } from 'node:zlib';

const numbers = (...fields: [value: number, bytes: 2 | 4][]): Buffer =>
  Buffer.concat(
    fields.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      if (bytes === 2) field.writeUInt16LE(value);
      else field.writeUInt32LE(value);
      return field;
    }),
  );

/** A ZIP archive of stored (uncompressed) files, by name and content. */
export function zipOf(files: readonly (readonly [name: string, content: string])[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const [path, data] = [Buffer.from(name), Buffer.from(content)];
    // Version needed, flags, method, time, date; CRC-32 and both sizes; lengths of name and extra field.
    const entry = numbers(
      [20, 2],
      [0, 2],
      [0, 2],
      [0, 2],
      [33, 2],
      [crc32(data), 4],
      [data.length, 4],
      [data.length, 4],
      [path.length, 2],
      [0, 2],
    );
    const written = [Buffer.from('PK\u0003\u0004'), entry, path, data];
    local.push(...written);
    central.push(Buffer.from('PK\u0001\u0002'), numbers([20, 2]), entry, numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), path);
    offset += written.reduce((sum, { length }) => sum + length, 0);
  }
  const directory = Buffer.concat(central);
  const end = numbers([0, 2], [0, 2], [files.length, 2], [files.length, 2], [directory.length, 4], [offset, 4], [0, 2]);
  return Buffer.concat([...local, directory, Buffer.from('PK\u0005\u0006'), end]);
}
