/** Exhausts a union: a new member that no case handles fails to compile here. */
export const assertNever = (value: never): never => {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
};
