import type { GateCheck } from '../gate-check.js';

/** An empty flow has nothing proven: it must not pass for want of anything to check. */
export const systemsPresent: GateCheck = ({ flow }) =>
  flow.systems.length > 0
    ? []
    : [{ code: 'NO_SYSTEMS', message: `Flow "${flow.flow_name}" has no systems.`, hint: 'Start a flow that names the systems to retire.' }];
