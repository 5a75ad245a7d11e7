/** What became of a sign-in when the person signed out here. */
export interface SignedOut {
  /** The provider's host. Absent: not even the gateway could say. */
  provider?: string;
  /** `kept`: the provider could not be asked to take it back. */
  refreshToken: 'none' | 'revoked' | 'kept';
  /** `asked`: the browser went there, and it is not known whether it came back from there. `elsewhere`: another tab sees to it. */
  providerSession: 'ended' | 'asked' | 'elsewhere' | 'not_offered' | 'unreached';
  /** Drawn for the way to the provider and back. */
  state?: string;
}

/** What is known once the login page is shown again: a provider that sends people back says which way they went. */
export const onReturn = (left: SignedOut, search: URLSearchParams): SignedOut =>
  left.providerSession === 'asked' && left.state !== undefined && search.get('state') === left.state
    ? { ...left, providerSession: 'ended' }
    : left;

const ofSession = ({ providerSession }: SignedOut, host: string): string => {
  if (providerSession === 'ended') return `You are signed out, here and at ${host}.`;
  if (providerSession === 'asked') return `You are signed out here, and ${host} was asked to sign you out there.`;
  if (providerSession === 'elsewhere') return 'You signed out in another tab, and here with it.';
  const why = providerSession === 'unreached' ? `${host} could not be reached` : `${host} lets no other program sign people out`;
  return `You are signed out here alone: ${why}. Sign out there too before somebody else uses this browser.`;
};

/** What to tell the person. @returns `done`: whether nothing of the sign-in is left anywhere */
export function signedOutWords(left: SignedOut): { done: boolean; text: string } {
  const host = left.provider ?? 'the sign-in provider';
  const stays = left.refreshToken === 'kept';
  const text =
    ofSession(left, host) +
    (stays ? ` The refresh token of this tab could not be taken back; it is good until ${host} lets it lapse.` : '');
  return { done: !stays && left.providerSession !== 'not_offered' && left.providerSession !== 'unreached', text };
}
