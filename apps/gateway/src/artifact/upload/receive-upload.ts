import type { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import multer from 'multer';
import { CodedError, isCodedError } from '@lastcopy/kernel';

export interface UploadingFile {
  filename: string;
  mediaType: string;
  content: Readable;
}

export interface Received<T> {
  /** Text fields of the form. */
  fields: Record<string, unknown>;
  /** What became of the file. */
  file: T;
}

/** Room for the form around the file. */
const formBytes = 64 * 1024;
const limits = { files: 1, fields: 10, parts: 12, fieldSize: 16 * 1024, headerPairs: 50 };

function refuseTooLarge(request: Request, maxBytes: number): void {
  const announced = Number(request.get('Content-Length') ?? 0);
  if (announced <= maxBytes + formBytes) return;
  throw new CodedError('PAYLOAD_TOO_LARGE', `The upload announces ${announced} bytes; a file may have ${maxBytes}`);
}

function asCoded(error: unknown): unknown {
  if (isCodedError(error)) return error;
  if (error instanceof multer.MulterError) {
    return new CodedError('VALIDATION_FAILED', `The form is not as it should be: ${error.message}`, { cause: error });
  }
  return new CodedError('VALIDATION_FAILED', `The upload ended before it was complete: ${(error as Error).message}`, { cause: error });
}

/**
 * Reads a multipart form whose part `file` is handed to `take` as it arrives: it is never whole in memory nor on a disk. When the client
 * goes away the stream fails, so `take` fails, and what it began is its own to undo.
 * Throws what `take` throws; VALIDATION_FAILED, PAYLOAD_TOO_LARGE.
 */
export async function receiveUpload<T>(
  request: Request,
  response: Response,
  maxBytes: number,
  take: (file: UploadingFile) => Promise<T>,
): Promise<Received<T>> {
  if (!request.is('multipart/form-data')) {
    throw new CodedError('VALIDATION_FAILED', 'A document is sent as multipart/form-data, with the fields kind and file');
  }
  refuseTooLarge(request, maxBytes);
  let taken: { file: T } | undefined;
  let refused: { error: unknown } | undefined;
  let taking: Promise<unknown> = Promise.resolve();
  const storage: multer.StorageEngine = {
    _handleFile: (_request, { originalname, mimetype, stream }, done) => {
      const file = take({ filename: originalname, mediaType: mimetype, content: stream });
      taking = file.then(
        (answer) => {
          taken = { file: answer };
          done(null, {});
        },
        (error: unknown) => {
          refused = { error };
          done(error);
        },
      );
    },
    // What `take` stored is undone by who asked for it: only there it is known.
    _removeFile: (_request, _file, done) => done(null),
  };
  const form = multer({ storage, limits, defParamCharset: 'utf8' }).single('file');
  const received = new Promise<void>((resolve, reject) => {
    form(request, response, (error: unknown) => (error ? reject(asCoded(error) as Error) : resolve()));
  });
  // A client that goes away ends the form at once; what was begun for it has to end first.
  await received
    .finally(() => taking)
    .catch((error: unknown) => {
      // A file that is refused half read breaks the form; why it was refused is what counts.
      throw refused && isCodedError(refused.error) ? refused.error : error;
    });
  if (!taken) throw new CodedError('VALIDATION_FAILED', 'The form has no file: send it in the field "file"');
  return { fields: { ...(request.body as Record<string, unknown>) }, file: taken.file };
}
