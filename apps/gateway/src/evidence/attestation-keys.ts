import { isDeepStrictEqual } from 'node:util';
import type { JSONWebKeySet } from 'jose';
import { trustedKeys } from '@lastcopy/platform';
import type { AttestationKeys } from './attestations.js';

/**
 * The keys in `<dir>/integrity-signing.jwks.json`, kept until they are asked for anew: keys rotate, are withdrawn, and a development file may
 * come late. The same keys are the same object.
 */
export function attestationKeysIn(dir: string): AttestationKeys {
  let known: Promise<JSONWebKeySet> | undefined;
  let last: JSONWebKeySet | undefined;
  const load = async () => {
    const fresh = await trustedKeys(dir, 'integrity-signing');
    return (last = isDeepStrictEqual(fresh, last) ? last! : fresh);
  };
  return ({ reload } = { reload: false }) => {
    if (known && !reload) return known;
    const loading = load();
    loading.catch(() => known === loading && (known = undefined));
    return (known = loading);
  };
}
