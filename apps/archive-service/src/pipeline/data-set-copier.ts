import { createDataSetWriter, type ArchivePlace, type DataSetWriter, type ManifestDataSet } from '@lastcopy/archive-format';
import type { FaultPoint } from '../fault-point.js';
import type { Progress } from '../worker/progress-reporter.js';
import type { CopyUnit, DataSetOutput } from './ports/archive-source.js';

export interface CopierParts {
  place: ArchivePlace;
  archiveKey: Uint8Array;
  partMaxStoredBytes: number;
  faultPoint: FaultPoint;
  /** Counted up while copying. */
  progress: Progress;
  report(progress: Progress): void;
}

/** Past this, an object larger than one piece is under way. */
const midUploadBytes = 1_000_000;

/** Writes what a source gives as data sets of one attempt, and counts. */
export class DataSetCopier {
  constructor(private readonly parts: CopierParts) {}

  /** The unit's data sets, each complete in the store. On failure what is under way is dropped before it rejects. */
  async copyUnit(unit: CopyUnit, signal: AbortSignal): Promise<ManifestDataSet[]> {
    const writers = unit.outputs.map((output) => this.writer(output, signal));
    try {
      await unit.copy(
        writers.map((writer) => (block, rows) => this.pass(writer, block, rows)),
        signal,
      );
      const records: ManifestDataSet[] = [];
      for (const [index, output] of unit.outputs.entries()) records.push({ ...(await writers[index]!.finish()), kind: output.kind });
      return records;
    } catch (error) {
      await Promise.all(writers.map((writer) => writer.abort()));
      throw error;
    }
  }

  /** A document of the metadata as a data set of its own. */
  async writeDocument(path: string, kind: 'schema' | 'reconciliation', document: object, signal: AbortSignal): Promise<ManifestDataSet> {
    const writer = this.writer({ path, extension: 'json' }, signal);
    try {
      await writer.write(Buffer.from(JSON.stringify(document)), 0);
      return { ...(await writer.finish()), kind };
    } catch (error) {
      await writer.abort();
      throw error;
    }
  }

  private writer({ path, extension }: Pick<DataSetOutput, 'path' | 'extension'>, signal: AbortSignal): DataSetWriter {
    const { place, archiveKey, partMaxStoredBytes, progress, report, faultPoint } = this.parts;
    const onStoredBytes = (bytes: number) => {
      progress.storedBytes += bytes;
      report(progress);
      if (progress.storedBytes > midUploadBytes) faultPoint('mid-upload');
    };
    return createDataSetWriter({ ...place, archiveKey, path, extension, partMaxStoredBytes, signal, onStoredBytes });
  }

  private async pass(writer: DataSetWriter, block: Buffer, rows: number): Promise<void> {
    const { progress, report } = this.parts;
    await writer.write(block, rows);
    progress.bytes += block.length;
    progress.rows += rows;
    report(progress);
  }
}
