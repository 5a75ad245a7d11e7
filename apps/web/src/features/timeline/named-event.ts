/** The position that `?event=` names; undefined when it is none that an event can have. */
export const positionOf = (named: string): number | undefined => (/^[1-9]\d{0,14}$/.test(named) ? Number(named) : undefined);
