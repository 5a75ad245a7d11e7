/** What must be found nowhere, by a name that may be told. */
export interface Needle {
  name: string;
  secret: string | Buffer;
}

/** A piece of what the run left behind: where it lies, and its bytes. */
export interface Found {
  where: string;
  bytes: Buffer;
}

/** Base64 of the bytes wherever they begin in a longer text: only the characters that depend on nothing else. */
function base64Forms(secret: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), secret]).toString('base64');
    const first = Math.ceil((shift * 8) / 6);
    return text.slice(first, first + Math.floor((secret.length * 8 - (first * 6 - shift * 8)) / 6));
  });
}

/** All the ways in which a secret may be written. Encrypted and hashed it cannot be found, and need not be. */
export function formsOf(secret: string | Buffer): Buffer[] {
  const raw = Buffer.from(secret);
  const base64 = base64Forms(raw);
  const texts = [...base64, ...base64.map((each) => each.replaceAll('+', '-').replaceAll('/', '_'))];
  const hex = raw.toString('hex');
  return [raw, ...[...new Set([...texts, hex, hex.toUpperCase(), encodeURIComponent(raw.toString())])].map((text) => Buffer.from(text))];
}

/** A bearer token of ours: signed by the development's secret or its issuer. Other signed documents (manifests, anchors) are no secrets. */
const signedToken = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/g;
const bearerAlgorithms = ['HS256', 'ES256'];

export function bearerTokensIn(bytes: Buffer): number {
  const algorithmOf = (token: string) => {
    const header = Buffer.from(token.split('.')[0]!, 'base64url').toString();
    return /"alg":"(\w+)"/.exec(header)?.[1] ?? '';
  };
  return (bytes.toString('latin1').match(signedToken) ?? []).filter((token) => bearerAlgorithms.includes(algorithmOf(token))).length;
}

/** `<needle> in <place>` for each needle that any of the pieces holds. */
export function leaksIn(pieces: readonly Found[], needles: readonly Needle[]): string[] {
  const known = needles.map(({ name, secret }) => ({ name, forms: formsOf(secret) }));
  return pieces.flatMap(({ where, bytes }) => [
    ...known.filter(({ forms }) => forms.some((form) => bytes.includes(form))).map(({ name }) => `${name} in ${where}`),
    ...(bearerTokensIn(bytes) > 0 ? [`a bearer token in ${where}`] : []),
  ]);
}
