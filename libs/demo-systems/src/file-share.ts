import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, link, mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CodedError } from '@lastcopy/kernel';
import { scaled, type DemoOptions } from './demo-database.js';
import { dayText, makePerson, sentence } from './people.js';
import { SeededRandom } from './seeded-random.js';

const baseTime = new Date('2025-03-01T08:00:00.123Z');
const logMonths = 12;

const writeStreamed = async (file: string, chunks: Iterable<string | Buffer>): Promise<void> => {
  const stream = createWriteStream(file);
  for (const chunk of chunks) if (!stream.write(chunk)) await once(stream, 'drain');
  stream.end();
  await once(stream, 'close');
};

function* logLines(random: SeededRandom, month: number, count: number): Generator<string> {
  for (let line = 0; line < count; line += 1) {
    const { email, city } = makePerson(random, line);
    const day = String(1 + Math.floor((line * 28) / count)).padStart(2, '0');
    yield `2024-${String(month).padStart(2, '0')}-${day} ${random.pick(['INFO', 'WARN', 'ERROR'])} login of ${email} from ${city}: ${sentence(random, 5)}\n`;
  }
}

function* randomChunks(random: SeededRandom, sizeBytes: number): Generator<Buffer> {
  for (let left = sizeBytes; left > 0; left -= 65_536) yield random.bytes(Math.min(left, 65_536));
}

const writeLogs = async (folder: string, random: SeededRandom, scale: number): Promise<void> => {
  await mkdir(folder);
  for (let month = 1; month <= logMonths; month += 1) {
    await writeStreamed(
      path.join(folder, `access-2024-${String(month).padStart(2, '0')}.log`),
      logLines(random, month, scaled(20_000, scale)),
    );
  }
};

const writeDocuments = async (folder: string, random: SeededRandom, scale: number): Promise<void> => {
  for (let index = 0; index < scaled(2000, scale); index += 1) {
    const year = path.join(folder, String(2015 + (index % 10)));
    await mkdir(year, { recursive: true });
    const { name, dateOfBirth, email } = makePerson(random, index);
    const text = `To: ${name} <${email}>\nBorn: ${dateOfBirth}\nDate: ${dayText(random, 2015, 2024)}\n\n${sentence(random, random.between(20, 600))}\n`;
    await writeFile(path.join(year, `letter-${String(index).padStart(5, '0')}.txt`), text);
  }
};

/** Names and entries that copying goes wrong on. Names that are not UTF-8 exist on Linux alone. */
const writeOddities = async (folder: string): Promise<void> => {
  await mkdir(path.join(folder, 'empty folder'), { recursive: true });
  const names = [
    '-rf',
    'two\nlines.txt',
    ' spaces ',
    '日本語.txt',
    'Zo\u00eb.txt',
    'Zoe\u0308-decomposed.txt',
    `${'long-'.repeat(49)}name`,
    'quote"\'`$(x).txt',
  ];
  for (const name of names) await writeFile(path.join(folder, name), `content of ${JSON.stringify(name)}\n`);
  if (process.platform === 'linux')
    await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from('caf\xe9.txt', 'latin1')]), 'latin-1 name\n');
  await writeFile(path.join(folder, 'empty'), '');
  await writeFile(path.join(folder, 'read-only'), 'do not change\n');
  await chmod(path.join(folder, 'read-only'), 0o440);
  await symlink('../logs/access-2024-01.log', path.join(folder, 'link-to-log'));
  await symlink('/nowhere/at/all', path.join(folder, 'dangling'));
  await link(path.join(folder, 'read-only'), path.join(folder, 'same file'));
};

/** One time for all, so that two shares of one seed are alike; folders last, deepest first, because children move them. */
const settleTimes = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const at = Buffer.concat([Buffer.from(`${folder}/`), entry.name]);
    if (entry.isDirectory()) await settleTimes(at.toString());
    else if (entry.isFile()) await utimes(at, baseTime, baseTime);
  }
  await utimes(folder, baseTime, baseTime);
};

/** The file share: logs, letters, one large file, empty things, links and odd names. `folder` must be absent or empty. */
export const createFileShare = async (folder: string, { seed, scale }: DemoOptions): Promise<void> => {
  const random = new SeededRandom(seed + 2);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new CodedError('RESTORE_TARGET_NOT_EMPTY', `${folder} is not empty: the demo share needs a folder of its own.`);
  await writeLogs(path.join(folder, 'logs'), random, scale);
  await writeDocuments(path.join(folder, 'letters'), random, scale);
  await mkdir(path.join(folder, 'media'));
  await writeStreamed(path.join(folder, 'media/recording.bin'), randomChunks(random, scaled(30_000_000, scale)));
  await writeOddities(path.join(folder, 'odd'));
  await settleTimes(folder);
};
