/** A setting that provisioning cannot do without. */
export function required(env, name) {
  if (!env[name]) throw new Error(`${name} is not set. Run node deploy/make-env.mjs, or add it to .env.`);
  return env[name];
}
