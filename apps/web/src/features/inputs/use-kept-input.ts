import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useDiscardDraft, useSaveDraft, useServerDraft, useSubmitDraft, type InputKind } from './queries.js';

const waitMs = 800;

/**
 * An input that the gateway keeps while it is typed: another person, another day, another machine goes on from it. Every save names the version
 * that what is typed began from: a change that somebody else made meanwhile is not overwritten, the error says so.
 */
export function useKeptInput<Content extends object>(flowId: string, kind: InputKind, empty: Content, says: string) {
  const draft = useServerDraft(flowId, kind);
  const save = useSaveDraft(flowId, kind);
  const submit = useSubmitDraft(flowId, kind, says);
  const discard = useDiscardDraft(flowId, kind);
  const [typed, setTyped] = useState<Content>();
  /** The version that `typed` began from, and then the one that the last save made. Undefined before there is one. */
  const base = useRef<number>(undefined);
  const saves = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    if (typed !== undefined || !draft.data) return;
    base.current = draft.data.version;
    setTyped({ ...empty, ...(draft.data.content as Partial<Content>) });
  }, [draft.data, typed, empty]);
  /** One save after the other, each on the version that the one before made. */
  const keep = (content: Content): Promise<unknown> => {
    const next = saves.current
      .catch(() => undefined)
      .then(async () => {
        const kept = await save.mutateAsync({ content: content as Record<string, unknown>, version: base.current });
        base.current = kept.version;
      });
    saves.current = next;
    return next;
  };
  const keepSoon = useDebouncedCallback((content: Content) => void keep(content).catch(() => undefined), waitMs);
  const content = typed ?? empty;
  const forget = () => {
    base.current = undefined;
    setTyped(undefined);
  };
  return {
    ...{ content, draft, save, submit, discard },
    change: (next: Content) => {
      if (typed === undefined) base.current = draft.data?.version;
      setTyped(next);
      keepSoon(next);
    },
    /** Saves what is typed and hands it in. */
    handIn: async () => {
      keepSoon.cancel();
      await keep(content);
      await submit.mutateAsync(base.current!);
      forget();
    },
    drop: () => {
      keepSoon.cancel();
      if (base.current === undefined) forget();
      else discard.mutate(base.current, { onSuccess: forget });
    },
    /** Gives up what is typed for what the gateway holds. */
    takeTheirs: async () => {
      keepSoon.cancel();
      await draft.refetch();
      forget();
      save.reset();
      submit.reset();
    },
  };
}
