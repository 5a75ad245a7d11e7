import { decodeAwsChunked, type ChunkRules } from './aws-chunked.js';
import { signingKey } from '../auth/signing.js';

// The examples of Amazon's "Signature calculations for the authorization header: transferring a payload in multiple chunks".
const scope = { date: '20130524', region: 'us-east-1', service: 's3' };
const key = signingKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', scope);
const signing = (seedSignature: string): NonNullable<ChunkRules['signing']> => ({ key, amzDate: '20130524T000000Z', scope, seedSignature });
const payload = 'a'.repeat(66_560);

const chunk = (data: string, signature: string): string => `${data.length.toString(16)};chunk-signature=${signature}\r\n${data}\r\n`;

const plainRules = { signing: signing('4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9'), trailer: false };
const plain = [
  chunk(payload.slice(0, 65_536), 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'),
  chunk(payload.slice(65_536), '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'),
  chunk('', 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'),
];

const trailedRules = { signing: signing('106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e'), trailer: true };
const trailed = [
  chunk(payload.slice(0, 65_536), 'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2'),
  chunk(payload.slice(65_536), '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7'),
  '0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n',
  'x-amz-checksum-crc32c:sOO8/Q==\r\n',
  'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n',
];

/** The body in network reads of `readBytes`. */
async function* reads(text: string, readBytes: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += readBytes) yield bytes.subarray(at, at + readBytes);
}

const decode = async (text: string, rules: ChunkRules, readBytes = 1000): Promise<{ body: string; trailers: Map<string, string> }> => {
  const trailers = new Map<string, string>();
  const pieces: Buffer[] = [];
  for await (const piece of decodeAwsChunked(reads(text, readBytes), rules, trailers)) pieces.push(piece);
  return { body: Buffer.concat(pieces).toString(), trailers };
};

it.each([1, 77, 65_536, 1_000_000])("decodes Amazon's signed example from reads of %d bytes", async (readBytes) => {
  expect((await decode(plain.join(''), plainRules, readBytes)).body === payload).toBe(true);
});

it("decodes Amazon's signed example with a signed trailer", async () => {
  const { body, trailers } = await decode(trailed.join(''), trailedRules);
  expect(body === payload).toBe(true);
  expect([...trailers]).toEqual([['x-amz-checksum-crc32c', 'sOO8/Q==']]);
});

const [first, second, last] = plain as [string, string, string];
const signatureRefusals: [string, string, ChunkRules][] = [
  ['a changed byte', plain.join('').replace('aaaa', 'aaba'), plainRules],
  ['a dropped chunk', first + last, plainRules],
  ['chunks in another order', second + first + last, plainRules],
  ['a chunk without a signature', plain.join('').replace(/;chunk-signature=[0-9a-f]+/, ''), plainRules],
  ['a changed trailer', trailed.join('').replace('sOO8', 'sOO9'), trailedRules],
  ['a trailer without its signature', trailed.join('').replace(/x-amz-trailer-signature.*\r\n/, ''), trailedRules],
];

it.each(signatureRefusals)('refuses %s by its signature', async (_, text, rules) => {
  await expect(decode(text, rules)).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' });
});

const unsigned = { trailer: false };
const malformed: [string, string, ChunkRules][] = [
  ['a body that ends inside a chunk', first.slice(0, 5000), plainRules],
  ['a body without its last chunk', first + second, plainRules],
  ['bytes after the end', `${plain.join('')}x`, plainRules],
  ['a size that is no number', 'xyz\r\nabc\r\n0\r\n\r\n', unsigned],
  ['a chunk longer than its size', '2\r\nabc\r\n0\r\n\r\n', unsigned],
  ['a header line without end', '0'.repeat(20_000), unsigned],
  ['more trailers than anyone sends', `0\r\n${Array.from({ length: 20 }, (_, at) => `x-${at}:y\r\n`).join('')}\r\n`, { trailer: true }],
];

it.each(malformed)('refuses %s', async (_, text, rules) => {
  await expect(decode(text, rules)).rejects.toMatchObject({ code: 'IncompleteBody' });
});
