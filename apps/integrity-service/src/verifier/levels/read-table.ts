import type { Archive } from '@lastcopy/archive-format';
import { CsvRecordCounter } from '../csv-record-counter.js';
import type { Proof } from '../proof.js';
import { readCounted } from './read-counted.js';
import { tableLabel, type ArchivedTable } from './table-set.js';

/** A table's CSV, parsed and counted while whoever needs it reads on. */
export async function* readTable(proof: Proof, archive: Archive, table: ArchivedTable): AsyncGenerator<Buffer> {
  const counter = new CsvRecordCounter(table.path, table.ref.columns.length);
  for await (const chunk of readCounted(proof, archive, table.path)) {
    const before = counter.records;
    counter.write(chunk);
    proof.progress.add(0, counter.records - before);
    yield chunk;
  }
  const name = `readable: ${tableLabel(table.path)} records parsed`;
  proof.findings.require(name, table.reconciled.rows, counter.end(), table.path);
}
