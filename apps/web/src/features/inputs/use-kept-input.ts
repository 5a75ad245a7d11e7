import { useDebouncedCallback } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { asProblem } from '../../api/problem.js';
import { useDiscardDraft, useSaveDraft, useServerDraft, useSubmitDraft, type InputKind } from './queries.js';

const waitMs = 800;
/** The draft is another than was looked at, or one stands where none was. */
const movedOn = [412, 428];
const isConflict = (error: unknown): boolean => Boolean(error) && movedOn.includes(asProblem(error).body.status);

/**
 * An input that the gateway keeps while it is typed: another person, another day, another machine goes on from it. Every save names the version
 * that what is typed began from: a change that somebody else made meanwhile is not overwritten; `conflict` is true then, and nothing is saved
 * until the person chose.
 */
export function useKeptInput<Content extends object>(flowId: string, kind: InputKind, empty: Content, says: string) {
  const draft = useServerDraft(flowId, kind);
  const save = useSaveDraft(flowId, kind);
  const submit = useSubmitDraft(flowId, kind, says);
  const discard = useDiscardDraft(flowId, kind);
  const [typed, setTyped] = useState<Content>();
  /** The version that `typed` began from, and then the one that the last save made. Undefined where there is none. */
  const base = useRef<number>(undefined);
  const saves = useRef<Promise<unknown>>(Promise.resolve());
  const error = submit.error ?? save.error ?? discard.error;
  const conflict = isConflict(error);
  /** One save after the other, each on the version that the one before made. */
  const keep = (content: Content): Promise<unknown> => {
    const next: Promise<unknown> = saves.current
      .catch(() => undefined)
      .then(() => save.mutateAsync({ content: content as Record<string, unknown>, version: base.current }))
      .then(({ version }) => (base.current = version));
    // Whoever has to choose sees what stands there now.
    next.catch((fault: unknown) => void (isConflict(fault) && draft.refetch()));
    saves.current = next;
    return next;
  };
  const keepSoon = useDebouncedCallback((content: Content) => void keep(content).catch(() => undefined), waitMs);
  // Until something is typed the form shows what the gateway holds, whoever wrote it.
  const content: Content = typed ?? { ...empty, ...(draft.data?.content as Partial<Content> | undefined) };
  const begin = () => {
    if (typed === undefined) base.current = draft.data?.version;
  };
  const forget = () => {
    base.current = undefined;
    setTyped(undefined);
  };
  const settle = () => {
    for (const { reset } of [save, submit, discard]) reset();
  };
  return {
    ...{ content, draft, save, submit, discard, error, conflict },
    change: (next: Content) => {
      begin();
      setTyped(next);
      if (!conflict) keepSoon(next);
    },
    /** Saves what is typed and hands it in. */
    handIn: async () => {
      keepSoon.cancel();
      begin();
      await keep(content);
      await submit.mutateAsync(base.current!).catch((fault: unknown) => {
        // What is handed in and only not shown yet is not to be handed in again.
        if (!asProblem(fault).pending) throw fault;
      });
      forget();
    },
    drop: () => {
      keepSoon.cancel();
      begin();
      if (base.current === undefined) forget();
      else discard.mutate(base.current, { onSuccess: forget });
    },
    /** Gives up what is typed for what the gateway holds. */
    takeTheirs: () => {
      keepSoon.cancel();
      forget();
      settle();
    },
    /** Puts what is typed in the place of what somebody else wrote, which is what is shown: of a newer one it asks again. */
    keepMine: () => {
      base.current = draft.data?.version;
      settle();
      void keep(content).catch(() => undefined);
    },
  };
}
