import { useState } from 'react';
import { useSession } from '../../sign-in/use-who.js';

/** What somebody was about to sign: kept in this tab, also while they are away to sign in. */
export interface DecisionDraft {
  comment: string;
  /** The button that was pressed before the sign-in turned out too old. */
  decision?: 'grant' | 'reject' | undefined;
  delegate_to?: string | undefined;
  delegate_reason?: string | undefined;
}

const none: DecisionDraft = { comment: '' };

function stored(key: string): DecisionDraft {
  try {
    const text = sessionStorage.getItem(key);
    return text ? { ...none, ...(JSON.parse(text) as DecisionDraft) } : none;
  } catch {
    return none;
  }
}

/** A person's draft on one approval. */
export function useDecisionDraft(approvalId: string) {
  const key = `lastcopy.decision-draft.${useSession()?.user_id ?? ''}.${approvalId}`;
  const [draft, setDraft] = useState(() => stored(key));
  const change = (changed: Partial<DecisionDraft>) => {
    const after = { ...stored(key), ...changed };
    sessionStorage.setItem(key, JSON.stringify(after));
    setDraft(after);
  };
  const forget = () => {
    sessionStorage.removeItem(key);
    setDraft(none);
  };
  return { draft, change, forget };
}
