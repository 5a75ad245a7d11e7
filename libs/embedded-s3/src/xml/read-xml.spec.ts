import { readXml } from './read-xml.js';

const read = (text: string) => readXml(Buffer.from(text), 'Delete');

it('reads elements in document order, entities and character references undone once', () => {
  const root = read(
    '<?xml version="1.0"?><Delete xmlns="x"><Object><Key>a&amp;lt;&#x41;&#66;</Key></Object><Object><Key><![CDATA[<b>]]></Key></Object></Delete>',
  );
  expect(root.children('Object').map((object) => object.value('Key'))).toEqual(['a&lt;AB', '<b>']);
});

const laughs = `<!DOCTYPE Delete [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><Delete><Key>&b;</Key></Delete>`;
const hostile: [string, string][] = [
  ['a document type that expands', laughs],
  ['a document type that reads a file', '<!DOCTYPE Delete [<!ENTITY f SYSTEM "file:///etc/passwd">]><Delete><Key>&f;</Key></Delete>'],
  ['a document type hidden behind CDATA', '<Delete><![CDATA[]]><!DOCTYPE x></Delete>'],
  ['a reference outside of Unicode', '<Delete>&#x110000;</Delete>'],
  ['an element that is not closed', '<Delete><Object></Delete>'],
  ['another root', '<Other/>'],
  ['nothing', ''],
  ['a nesting of many thousands', `<Delete>${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}</Delete>`],
];

it.each(hostile)('refuses %s', (_, text) => {
  expect(() => read(text).text()).toThrow(expect.objectContaining({ code: 'MalformedXML' }));
});

it.each(['__proto__', 'constructor', 'prototype'])('takes an element called %s for an element', (name) => {
  let seen: unknown;
  try {
    seen = read(`<Delete><${name}><polluted>1</polluted></${name}></Delete>`).children('Object');
  } catch (error) {
    seen = error;
  }
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(Array.isArray(seen) ? seen : (seen as { code: string }).code).toEqual(Array.isArray(seen) ? [] : 'MalformedXML');
});
