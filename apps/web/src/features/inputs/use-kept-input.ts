import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useDiscardDraft, useSaveDraft, useServerDraft, useSubmitDraft, type InputKind } from './queries.js';

const waitMs = 800;

/**
 * An input that the gateway keeps while it is typed: another person, another day, another machine goes on from it. A change that somebody else
 * made meanwhile is not overwritten: the error says so.
 */
export function useKeptInput<Content extends object>(flowId: string, kind: InputKind, empty: Content, says: string) {
  const draft = useServerDraft(flowId, kind);
  const save = useSaveDraft(flowId, kind);
  const submit = useSubmitDraft(flowId, kind, says);
  const discard = useDiscardDraft(flowId, kind);
  const [typed, setTyped] = useState<Content>();
  const version = draft.data?.version;
  const keep = useDebouncedCallback((content: Content) => save.mutate({ content: content as Record<string, unknown>, version }), waitMs);
  useEffect(() => {
    if (draft.data && typed === undefined) setTyped({ ...empty, ...(draft.data.content as Partial<Content>) });
  }, [draft.data, typed, empty]);
  const content = typed ?? empty;
  return {
    ...{ content, draft, save, submit, discard },
    change: (next: Content) => {
      setTyped(next);
      keep(next);
    },
    /** Saves what is typed and hands it in. */
    handIn: async () => {
      keep.flush?.();
      const saved = await save.mutateAsync({ content: content as Record<string, unknown>, version });
      await submit.mutateAsync(saved.version);
      setTyped(undefined);
    },
    drop: () => {
      if (version === undefined) setTyped(empty);
      else discard.mutate(version, { onSuccess: () => setTyped(undefined) });
    },
  };
}
