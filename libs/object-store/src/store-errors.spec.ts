import { toStoreError } from './store-errors.js';

const at = { bucket: 'b', key: 'k' };
const answer = (name: string, httpStatusCode: number) => Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });

describe('what a failed call means', () => {
  it.each([
    ['NoSuchUpload', 404],
    ['NotFound', 404],
    ['UnknownError', 404],
    ['NoSuchKey', 404],
  ])('a write that is answered %s (%i) may be tried again', (name, status) => {
    expect(toStoreError(answer(name, status), 'Put', at, undefined, 'new')).toMatchObject({
      code: 'STORE_FAILED',
      errorClass: 'transient',
    });
  });

  it('a read that is answered the same way found an object of the archive gone', () => {
    for (const name of ['NoSuchKey', 'NotFound', 'UnknownError']) {
      expect(toStoreError(answer(name, 404), 'Read', at)).toMatchObject({ code: 'ARCHIVE_OBJECT_MISSING' });
    }
  });

  it('a bucket that is not there stays what it is, for writes too', () => {
    expect(toStoreError(answer('NoSuchBucket', 404), 'Put', at, undefined, 'new')).toMatchObject({ code: 'STORE_BUCKET_MISSING' });
  });
});
