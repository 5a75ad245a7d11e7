export const wrapPurposes = ['tenant', 'escrow'] as const;
export type WrapPurpose = (typeof wrapPurposes)[number];

/** Each attempt has a key of its own, so that what one attempt wrote is nothing to another. The dot ends the number: 1 is no prefix of 12. */
export const wrapId = (attempt: number, purpose: WrapPurpose): string => `attempt-${attempt}.${purpose}`;

/** What the keys of an attempt's wraps begin with. */
export const wrapFolders = (jobPrefix: string, attempt: number): string[] => [`${jobPrefix}/keys/attempt-${attempt}.`];
