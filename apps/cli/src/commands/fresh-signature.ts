import { ApiError } from '../api-client.js';
import { print, type CliContext } from './context.js';
import { login } from './sign-in.js';

/**
 * Does what needs a recent sign-in. When the present one is too old and the person signed in with `login`, the same person signs in again
 * and it is tried once more; nobody else can take their place.
 */
export async function freshlySigned<T>(context: CliContext, sign: () => Promise<T>): Promise<T> {
  try {
    return await sign();
  } catch (error) {
    const { signedInAs } = context.person();
    if (!(error instanceof ApiError) || error.problem.code !== 'REAUTHENTICATION_REQUIRED' || signedInAs === undefined) throw error;
    print(context, 'A signature needs a recent sign-in: prove once more who you are.');
    await login(context, { again: true, only: signedInAs });
    return sign();
  }
}
