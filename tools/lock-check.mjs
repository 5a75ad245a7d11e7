// Does the lock file hold every platform's binaries? npm leaves out, without a word, an optional package whose version it cannot find,
// and then `npm ci` fails on the machine that needed it.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const exact = /^\d/;

/** The entry that `name` resolves to from the package at `from`, as Node would look it up. */
function resolve(packages, from, name) {
  for (let folder = from; ;) {
    const found = packages[`${folder ? `${folder}/` : ''}node_modules/${name}`];
    if (found || !folder) return found;
    const parent = folder.lastIndexOf('/node_modules/');
    folder = parent > 0 ? folder.slice(0, parent) : '';
  }
}

/** Optional packages that the lock lacks or holds in another version, as lines that name who wants them. */
export function missingOptionals({ packages }) {
  const missing = [];
  for (const [at, { version, optionalDependencies = {} }] of Object.entries(packages)) {
    for (const [name, wanted] of Object.entries(optionalDependencies)) {
      const found = resolve(packages, at, name);
      if (found && (!exact.test(wanted) || found.version === wanted)) continue;
      missing.push(
        `${at || 'the root'}${version ? `@${version}` : ''} wants ${name}@${wanted}: ${found ? `the lock has ${found.version}` : 'not in the lock'}`,
      );
    }
  }
  return missing;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = process.argv[2] ?? path.resolve(import.meta.dirname, '../package-lock.json');
  const missing = missingOptionals(JSON.parse(fs.readFileSync(file, 'utf8')));
  for (const line of missing) console.error(line);
  console.log(missing.length === 0 ? 'The lock holds the binaries of every platform.' : `${missing.length} optional packages are missing.`);
  process.exitCode = missing.length === 0 ? 0 : 1;
}
