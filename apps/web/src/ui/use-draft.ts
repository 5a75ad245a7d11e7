import { useEffect } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';

const prefix = 'lastcopy.draft.';

/** What somebody typed and did not send, with what it was typed over. */
export interface KeptDraft<Form> {
  /** The version of what was being changed; null for something new. */
  version: number | null;
  /** The form as it was before. */
  base: Form;
  typed: Form;
}

/** The draft under `key`, kept for this tab: a reload or a wrong click loses nothing. */
export function keptDraft<Form>(key: string): KeptDraft<Form> | undefined {
  const text = sessionStorage.getItem(prefix + key);
  const kept = text ? (JSON.parse(text) as Partial<KeptDraft<Form>>) : {};
  // A tab may hold a draft from before drafts said what they were typed over.
  return kept.base && kept.typed ? (kept as KeptDraft<Form>) : undefined;
}

export const forgetDraft = (key: string): void => sessionStorage.removeItem(prefix + key);

/** Of whoever was signed in, or of the engagement that was looked at. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
}

/** Keeps what is typed into a form as a draft under `key`, from the first change on. `version` is of what the form changes. */
export function useDraft<Form extends FieldValues>(
  key: string,
  version: number | null,
  { watch, getValues, formState }: UseFormReturn<Form>,
): void {
  const { isDirty, defaultValues: base } = formState;
  useEffect(() => {
    if (!isDirty) return undefined;
    const keep = (typed: unknown) => sessionStorage.setItem(prefix + key, JSON.stringify({ version, base, typed }));
    // What made it dirty was one change already: a pasted word is all that some people type.
    keep(getValues());
    const { unsubscribe } = watch(keep);
    return unsubscribe;
  }, [key, version, base, watch, getValues, isDirty]);
}
