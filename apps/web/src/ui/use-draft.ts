import { useEffect } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';

const prefix = 'lastcopy.draft.';

/** What somebody typed and did not send, kept for this tab: a reload or a wrong click loses nothing. */
export function keptDraft<Form>(key: string): Partial<Form> | undefined {
  const text = sessionStorage.getItem(prefix + key);
  return text ? (JSON.parse(text) as Partial<Form>) : undefined;
}

export const forgetDraft = (key: string): void => sessionStorage.removeItem(prefix + key);

/** Of whoever was signed in, or of the engagement that was looked at. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
}

/** Keeps what is typed into a form as a draft under `key`, from the first change on. */
export function useDraft<Form extends FieldValues>(key: string, { watch, formState }: UseFormReturn<Form>): void {
  const { isDirty } = formState;
  useEffect(() => {
    if (!isDirty) return undefined;
    const { unsubscribe } = watch((values) => sessionStorage.setItem(prefix + key, JSON.stringify(values)));
    return unsubscribe;
  }, [key, watch, isDirty]);
}
