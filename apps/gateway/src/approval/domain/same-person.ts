const folded = (userId: string): string => userId.normalize('NFKC').trim().toLowerCase();

/**
 * Whether two ids could be one person: `Dana`, ` dana` and `dana` are. Only ever used to keep somebody out; who may do something is
 * compared exactly.
 */
export const samePerson = (one: string | null | undefined, other: string | null | undefined): boolean =>
  one !== null && one !== undefined && other !== null && other !== undefined && folded(one) === folded(other);
