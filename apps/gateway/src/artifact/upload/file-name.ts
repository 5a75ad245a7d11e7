const longest = 200;
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A name that is safe on every file system and in every header: no path, no control or formatting characters, its ending kept. */
export function safeFileName(name: string): string {
  const base = name.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  // Control and formatting characters (bidirectional overrides among them) can make a name look like another.
  const clean = base
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*%;]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const named = clean === '' || reserved.test(clean) ? `document${clean ? `-${clean}` : ''}` : clean;
  if ([...named].length <= longest) return named;
  const ending = /\.[^.]{1,10}$/.exec(named)?.[0] ?? '';
  return [...named].slice(0, longest - ending.length).join('') + ending;
}

/** RFC 6266: the name in ASCII for old clients, and whole for all others. */
export function contentDisposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
