import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { leaveProvider } from './sign-out.js';
import { onReturn, signedOutWords, type SignedOut } from './signed-out.js';
import { signedInAs, startIssuer, type Issuer } from './testing/issuer.js';

const home = 'https://lastcopy.example/login';
let issuer: Issuer;
let host: string;
beforeAll(async () => {
  issuer = await startIssuer();
  host = new URL(issuer.settings.issuer).host;
});
afterAll(() => issuer?.stop());
beforeEach(() => {
  Object.assign(issuer, { answers: {}, offers: {} });
  issuer.asked.length = 0;
});

const leave = (signedIn = signedInAs(0, { id_token: 'an.id.token' })) => leaveProvider(issuer.settings, signedIn, home);

describe('leaving the provider', () => {
  it('takes the refresh token back and goes on to end the session there', async () => {
    issuer.offers = { revocation_endpoint: '/revoke', end_session_endpoint: '/end?tenant=acme' };
    issuer.answers['/revoke'] = { status: 200 };
    const { left, onward } = await leave();
    const [, { path, form } = { path: '', form: new URLSearchParams() }] = issuer.asked;
    expect([path, Object.fromEntries(form)]).toEqual([
      '/revoke',
      { client_id: 'lastcopy-web', token: 'the first of its kind', token_type_hint: 'refresh_token' },
    ]);
    expect(left).toMatchObject({ provider: host, refreshToken: 'revoked', providerSession: 'asked' });
    expect([onward?.origin, onward?.pathname]).toEqual([issuer.settings.issuer, '/end']);
    expect(Object.fromEntries(onward!.searchParams)).toEqual({
      ...{ tenant: 'acme', client_id: 'lastcopy-web', id_token_hint: 'an.id.token' },
      ...{ post_logout_redirect_uri: home, state: left.state },
    });
  });

  it('goes on to end the session although the token was not taken back', async () => {
    issuer.offers = { revocation_endpoint: '/revoke', end_session_endpoint: '/end' };
    issuer.answers['/revoke'] = { status: 503 };
    const { left, onward } = await leave();
    expect([left.refreshToken, left.providerSession, onward?.pathname]).toEqual(['kept', 'asked', '/end']);
  });

  it('says what a provider does not offer, and that it does not answer', async () => {
    expect(await leave()).toEqual({ left: { provider: host, refreshToken: 'kept', providerSession: 'not_offered' } });
    const without = signedInAs(0);
    delete without.refresh_token;
    expect((await leave(without)).left.refreshToken).toBe('none');
    issuer.answers['/.well-known/openid-configuration'] = null;
    expect(await leave()).toEqual({ left: { provider: host, refreshToken: 'kept', providerSession: 'unreached' } });
  });
});

describe('what is told of it', () => {
  const asked: SignedOut = { provider: 'id.example', refreshToken: 'revoked', providerSession: 'asked', state: 'drawn' };

  it('is that the session ended, only when the provider led back', () => {
    expect(onReturn(asked, new URLSearchParams('state=drawn')).providerSession).toBe('ended');
    for (const search of ['', 'state=another']) expect(onReturn(asked, new URLSearchParams(search))).toEqual(asked);
    const unreached: SignedOut = { refreshToken: 'kept', providerSession: 'unreached' };
    expect(onReturn(unreached, new URLSearchParams('state=drawn'))).toEqual(unreached);
  });

  it('is done only when nothing is left', () => {
    expect(signedOutWords({ ...asked, providerSession: 'ended' })).toEqual({
      done: true,
      text: 'You are signed out, here and at id.example.',
    });
    expect(signedOutWords(asked).done).toBe(true);
    expect(signedOutWords({ ...asked, providerSession: 'elsewhere' }).done).toBe(true);
    const kept = signedOutWords({ ...asked, providerSession: 'ended', refreshToken: 'kept' });
    expect(kept).toEqual({ done: false, text: expect.stringContaining('could not be taken back') });
  });

  it.each(['not_offered', 'unreached'] as const)('is where else to sign out: %s', (providerSession) => {
    const { done, text } = signedOutWords({ ...asked, providerSession });
    expect(done).toBe(false);
    expect(text).toMatch(/here alone: id\.example .*Sign out there too before somebody else uses this browser/);
  });
});
