import { isDeepStrictEqual } from 'node:util';
import type { JSONWebKeySet } from 'jose';
import { trustedKeys } from '@lastcopy/platform';
import type { AttestationKeys } from './attestations.js';

const staleAfterMs = 5_000;

/**
 * The keys in `<dir>/integrity-signing.jwks.json`, as they were some seconds ago or, where `reload` asks for it, are now: keys rotate, are
 * withdrawn, and a development file may come late. The same keys are the same object.
 */
export function attestationKeysIn(dir: string, freshMs = staleAfterMs): AttestationKeys {
  let known: Promise<JSONWebKeySet> | undefined;
  let loadedAtMs = 0;
  let last: JSONWebKeySet | undefined;
  const load = async () => {
    const fresh = await trustedKeys(dir, 'integrity-signing');
    return (last = isDeepStrictEqual(fresh, last) ? last! : fresh);
  };
  return ({ reload } = { reload: false }) => {
    if (known && !reload && performance.now() - loadedAtMs < freshMs) return known;
    const loading = load();
    loadedAtMs = performance.now();
    loading.catch(() => known === loading && (known = undefined));
    return (known = loading);
  };
}
