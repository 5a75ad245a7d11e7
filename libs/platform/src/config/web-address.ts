import { Matches } from 'class-validator';

const scheme = /^https?:\/\//;
/** Nothing between the scheme and the host: what stands there would be a user and a password. */
const withoutUser = /^https?:\/\/[^\s@/?#]+([/?#]\S*)?$/;

/**
 * The setting is an http(s) URL without a user or password: whoever fails to reach an address repeats it, in logs and in answers.
 * @param name of the setting, for the fault
 */
export const WebAddress = (name: string) => Matches(withoutUser, { message: `${name} must be an http(s) URL without a user or password` });

/** Whether a URL holds a user or a password. */
export const namesUser = (text: string): boolean => scheme.test(text) && !withoutUser.test(text);
