import type { FindingKind, FindingMethod } from '@lastcopy/contracts';
import { contraryName, emptyColumnConfidence, kindRules, type Bar } from './thresholds.js';

/** What was counted in one column for one kind: different values, never the values. */
export interface Evidence {
  kind: FindingKind;
  /** Whether the column's name speaks for the kind, or for something else. */
  named: boolean;
  contrary: boolean;
  whole: { of: number; matched: number };
  /** Places in longer texts that look like one, and how many of them are. */
  inText: { of: number; matched: number };
}

export interface Judgement {
  method: FindingMethod;
  sampled: number;
  matched: number;
  confidence: number;
}

const meets = ({ of, matched }: Evidence['whole'], { share, least }: Bar): boolean => matched >= least && matched >= share * of;
const judged = (method: FindingMethod, { of, matched }: Evidence['whole'], confidence: number): Judgement => ({
  ...{ method, sampled: of, matched, confidence },
});

/** Pure: whether a column is of a kind, and how sure that is; null when it is not. */
export function judge({ kind, named, contrary, whole, inText }: Evidence): Judgement | null {
  const { withName, valueAlone, inText: textBar } = kindRules[kind];
  if (named && whole.of === 0) return judged('name', whole, emptyColumnConfidence);
  if (named && meets(whole, withName)) return judged('both', whole, withName.confidence);
  if (valueAlone && meets(whole, contrary ? contraryName : valueAlone)) {
    return judged('value', whole, contrary ? contraryName.confidence : valueAlone.confidence);
  }
  if (textBar && !contrary && meets(inText, textBar)) return judged('value', inText, textBar.confidence);
  return null;
}
