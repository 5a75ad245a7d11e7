const channel = 'lastcopy.sign-out';

/** Tells the other tabs of this browser that the person signs out. */
export function tellOtherTabs(userId: string): void {
  const tabs = new BroadcastChannel(channel);
  tabs.postMessage(userId);
  tabs.close();
}

/** Hears of sign-outs in other tabs, until what it answers is called. */
export function hearOtherTabs(onSignOut: (userId: string) => void): () => void {
  const tabs = new BroadcastChannel(channel);
  tabs.onmessage = ({ data }) => onSignOut(String(data));
  return () => tabs.close();
}
