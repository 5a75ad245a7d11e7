/** Without what nobody sees: control and format characters, such as a zero-width space. */
const folded = (userId: string): string =>
  userId
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .toLowerCase();

/** Whether an id reads like one of our own services (`service:<name>`), in whatever characters it is spelt. */
export const readsLikeService = (userId: string): boolean => folded(userId).startsWith('service:');

/**
 * Whether two ids could be one person: `Dana`, ` dana` and `dana` are. Only ever used to keep somebody out; who may do something is
 * compared exactly.
 */
export const samePerson = (one: string | null | undefined, other: string | null | undefined): boolean =>
  one !== null && one !== undefined && other !== null && other !== undefined && folded(one) === folded(other);
