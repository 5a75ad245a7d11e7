import { sampleFiles } from '@lastcopy/source-directory';
import { sampleTables, type PostgresConnection } from '@lastcopy/source-postgresql';
import { sampleLimits } from '../domain/thresholds.js';
import type { SampledContainer } from '../ports/source-sampling.js';
import { fileElements } from './file-elements.js';

/** Every table of a database as a container. */
export async function* sampledDatabase(
  connection: PostgresConnection,
  signal: AbortSignal,
  overflow: () => void,
): AsyncGenerator<SampledContainer> {
  for await (const { schema, name, columns } of sampleTables(connection, sampleLimits, signal, overflow)) {
    yield { name: `${schema}.${name}`, elements: columns };
  }
}

/** Every folder below a root as a container. */
export async function* sampledTree(root: string, signal: AbortSignal, overflow: () => void): AsyncGenerator<SampledContainer> {
  for await (const { path, files } of sampleFiles(root, sampleLimits, signal, overflow)) {
    yield { name: path, elements: files && fileElements(files, sampleLimits) };
  }
}
