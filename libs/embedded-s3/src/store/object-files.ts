import { mkdir } from 'node:fs/promises';
import { BlobFiles } from './blob-files.js';
import { Buckets } from './buckets.js';
import { openDatabase } from './database.js';
import { Listings } from './listings.js';
import { Uploads } from './uploads.js';
import { Versions } from './versions.js';

/** Everything the server keeps under one folder. */
export interface ObjectFiles {
  readonly buckets: Buckets;
  readonly versions: Versions;
  readonly uploads: Uploads;
  readonly listings: Listings;
  readonly blobs: BlobFiles;
  close(): void;
}

/** Opens (and makes) the store in `dir` and removes what a crash left half written. Throws CONFIGURATION_INVALID. */
export const openObjectFiles = async (dir: string): Promise<ObjectFiles> => {
  await mkdir(dir, { recursive: true });
  const database = openDatabase(dir);
  try {
    const buckets = new Buckets(database);
    const versions = new Versions(database, buckets);
    const blobs = new BlobFiles(dir);
    await blobs.prepare();
    await blobs.sweep((blob) => versions.isNamed(blob));
    const listings = new Listings(database);
    return { buckets, versions, uploads: new Uploads(database), listings, blobs, close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
};
