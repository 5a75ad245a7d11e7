import { trustedKeys } from '@lastcopy/platform';
import type { AttestationKeys } from './attestations.js';

/** The keys in `<dir>/integrity-signing.jwks.json`, kept until a signature names one that they lack: keys rotate, and a development file may come late. */
export function attestationKeysIn(dir: string): AttestationKeys {
  let known: ReturnType<typeof trustedKeys> | undefined;
  const load = () => {
    const loading = trustedKeys(dir, 'integrity-signing');
    loading.catch(() => (known = undefined));
    return loading;
  };
  return ({ reload } = { reload: false }) => {
    if (reload) known = undefined;
    return (known ??= load());
  };
}
