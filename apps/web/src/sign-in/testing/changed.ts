import type { Session } from '../session.js';

/** Waits until the session is as `test` wants it; each change is looked at. */
export const changed = (session: Session, test: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!test()) return;
      leave();
      resolve();
    };
    const leave = session.subscribe(look);
    look();
  });
