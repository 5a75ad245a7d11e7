import { XMLParser } from 'fast-xml-parser';
import { S3Error } from '../s3-error.js';

/** An element: its text, or its children by name, each in document order. */
export interface XmlElement {
  text(): string;
  child(name: string): XmlElement | undefined;
  children(name: string): XmlElement[];
  /** The text of a child, if there is one. */
  value(name: string): string | undefined;
}

// Entities stay unprocessed in the parser: nothing a document declares can expand. The predefined ones are undone below.
const parser = new XMLParser({
  processEntities: false,
  parseTagValue: false,
  ignoreAttributes: true,
  removeNSPrefix: true,
  trimValues: false,
  isArray: () => true,
});

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const undoReferences = (text: string): string =>
  text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]+));/g, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name) return named[name] ?? whole;
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    if (point > 0x10ffff) throw new S3Error('MalformedXML', 'A character reference is outside of Unicode.');
    return String.fromCodePoint(point);
  });

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const wrap = (node: unknown): XmlElement => {
  const children = (name: string): XmlElement[] => {
    const found = isRecord(node) ? node[name] : undefined;
    return Array.isArray(found) ? found.map(wrap) : [];
  };
  const ownText = (): string => {
    const raw = isRecord(node) ? node['#text'] : node;
    return undoReferences(String((Array.isArray(raw) ? raw[0] : raw) ?? ''));
  };
  return {
    text: ownText,
    child: (name) => children(name)[0],
    children,
    value: (name) => children(name)[0]?.text(),
  };
};

/** The root element called `root`. Throws MalformedXML for anything else, a document type included. */
export const readXml = (body: Buffer, root: string): XmlElement => {
  const text = body.toString('utf8');
  if (/<!(?!--)/.test(text.replaceAll('<![CDATA[', ''))) throw new S3Error('MalformedXML', 'Document types are not accepted.');
  let parsed: unknown;
  try {
    parsed = parser.parse(text, true);
  } catch (cause) {
    throw new S3Error('MalformedXML', 'The XML you provided was not well-formed.', {}, { cause });
  }
  const found = wrap(parsed).child(root);
  if (!found) throw new S3Error('MalformedXML', `The root element must be ${root}.`);
  return found;
};
