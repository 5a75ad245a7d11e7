import type { LoggedEvent } from '@lastcopy/eventing';

const words = (type: string): string => {
  const [first = '', ...rest] = type.split(/(?=[A-Z])/);
  return [first, ...rest.map((word) => word.toLowerCase())].join(' ');
};

type Fields = Record<string, unknown>;
const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

/** What an event is about, from whatever names it carries. */
function subjectOf(data: Fields): string[] {
  const { role, system_name, flow_name, policy_name, policy_version, matter, kind, filename, code, level, to_phase, attempt } = data;
  const named = [system_name, flow_name, policy_name, matter, filename].map(textOf).filter((name) => name !== null);
  return [
    ...named,
    ...(textOf(role) ? [`as ${textOf(role)}`] : []),
    ...(textOf(kind) && named.length === 0 ? [String(kind)] : []),
    ...(typeof policy_version === 'number' ? [`version ${policy_version}`] : []),
    ...(textOf(level) ? [`at level ${textOf(level)}`] : []),
    ...(textOf(to_phase) ? [`to ${textOf(to_phase)}`] : []),
    ...(typeof attempt === 'number' ? [`attempt ${attempt}`] : []),
    ...(textOf(code) ? [`(${textOf(code)})`] : []),
  ];
}

/** One line: what happened, to what. Every type of event has words, those that come later too. */
export const auditText = ({ type, data }: Pick<LoggedEvent, 'type' | 'data'>): string => {
  const subject = subjectOf(data as Fields).join(', ');
  return subject === '' ? words(type) : `${words(type)}: ${subject}`;
};

/** Why it was done, in the words of who did it. */
export const auditReason = (data: object): string | null => {
  const { reason, comment } = data as Fields;
  return textOf(reason) ?? textOf(comment);
};

/** In whose place a person decided, when it was delegated. */
export const onBehalfOf = (data: object): string | null => {
  const { on_behalf_of, signature } = data as Fields;
  return textOf(on_behalf_of) ?? textOf((signature as Fields | null | undefined)?.on_behalf_of);
};
