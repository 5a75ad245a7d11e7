const isFields = (part: unknown): part is object => part !== null && typeof part === 'object' && !Array.isArray(part);

/**
 * One text for all that says the same: fields in whatever order they came, absent and null alike. Elements of a list keep their order.
 * For comparisons alone: what is hashed or signed has a canonical form of its own, in which null is a fact.
 */
export const comparableJson = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, part: unknown) =>
    isFields(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, field]) => field !== null && field !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
