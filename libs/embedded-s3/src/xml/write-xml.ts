/** A finished piece of XML. */
export class Xml {
  constructor(readonly text: string) {}
}

export type XmlContent = string | number | boolean | Date | Xml | readonly Xml[] | undefined;

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Control characters become references, as S3 writes them: a parser would otherwise turn a CR of a key into an LF. */
const escape = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  text.replace(/[&<>"'\u0000-\u001f\u007f\ufffe\uffff]/g, (c) => entities[c] ?? `&#x${c.charCodeAt(0).toString(16).toUpperCase()};`);

const contentText = (content: Exclude<XmlContent, undefined>): string => {
  if (content instanceof Xml) return content.text;
  if (content instanceof Date) return content.toISOString();
  return Array.isArray(content) ? content.map((piece: Xml) => piece.text).join('') : escape(String(content));
};

/** One element; nothing at all when its content is undefined. */
export const element = (name: string, content: XmlContent): Xml =>
  new Xml(content === undefined ? '' : `<${name}>${contentText(content)}</${name}>`);

/** An answer of S3: the declaration and a root in S3's namespace. */
export const xmlDocument = (root: string, content: readonly Xml[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${contentText(content)}</${root}>`;

/** Errors carry no namespace. */
export const xmlError = (fields: Readonly<Record<string, string>>): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${
    element(
      'Error',
      Object.entries(fields).map(([name, value]) => element(name, value)),
    ).text
  }`;
