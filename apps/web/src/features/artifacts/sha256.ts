/** What a browser hashes in one piece without running out of memory. */
const mostBytes = 64_000_000;

/** SHA-256 (hex) of a file, before it leaves this machine; undefined where the browser cannot: too large, or a page without TLS. */
export async function sha256Of(file: Blob): Promise<string | undefined> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle || file.size > mostBytes) return undefined;
  const digest = await subtle.digest('SHA-256', await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
