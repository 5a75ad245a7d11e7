import { CodedError } from '@lastcopy/kernel';

export interface AllowedType {
  mediaType: string;
  extensions: readonly string[];
  /** Other names that clients announce it by. */
  aliases?: readonly string[];
  /** How it is known: by its first bytes, or as text that no magic number marks. */
  form: 'binary' | 'text';
}

/** The formats in which documents may be attached. Nothing that a browser would run or an office program would execute. */
export const allowedTypes: readonly AllowedType[] = [
  { mediaType: 'application/pdf', extensions: ['pdf'], form: 'binary' },
  { mediaType: 'image/png', extensions: ['png'], form: 'binary' },
  { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'], aliases: ['image/jpg'], form: 'binary' },
  { mediaType: 'image/tiff', extensions: ['tif', 'tiff'], form: 'binary' },
  { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', extensions: ['docx'], form: 'binary' },
  { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', extensions: ['xlsx'], form: 'binary' },
  { mediaType: 'application/vnd.oasis.opendocument.text', extensions: ['odt'], form: 'binary' },
  { mediaType: 'text/csv', extensions: ['csv'], aliases: ['application/csv', 'application/vnd.ms-excel', 'text/plain'], form: 'text' },
  { mediaType: 'text/plain', extensions: ['txt', 'log'], form: 'text' },
  { mediaType: 'application/json', extensions: ['json'], aliases: ['text/json', 'text/plain'], form: 'text' },
  { mediaType: 'message/rfc822', extensions: ['eml'], form: 'text' },
];

export const allowedInWords = allowedTypes.map(({ extensions }) => extensions[0]!.toUpperCase()).join(', ');

export const refuseType = (why: string): never => {
  throw new CodedError('MEDIA_TYPE_REFUSED', `The file was refused: ${why}. Documents are taken as ${allowedInWords}.`);
};

const undeclared = ['', 'application/octet-stream', 'binary/octet-stream'];

/** What a client says about a file: neither is believed before the content agrees. */
export interface Declared {
  filename: string;
  mediaType: string;
}

/** The type that the name's ending stands for. Throws MEDIA_TYPE_REFUSED for another, and when the declared type is not that one. */
export function announcedType({ filename, mediaType }: Declared): AllowedType {
  const extension = /\.([A-Za-z0-9]+)$/.exec(filename)?.[1]?.toLowerCase() ?? '';
  const found = allowedTypes.find(({ extensions }) => extensions.includes(extension));
  if (!found) return refuseType(extension ? `.${extension} files are not taken` : 'its name has no ending that says what it is');
  const declared = mediaType.split(';')[0]!.trim().toLowerCase();
  const agrees = undeclared.includes(declared) || declared === found.mediaType || found.aliases?.includes(declared);
  return agrees ? found : refuseType(`it is named .${extension} and declared as ${declared.slice(0, 100)}`);
}
