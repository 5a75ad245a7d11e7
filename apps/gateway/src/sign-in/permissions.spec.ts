import { readFileSync } from 'node:fs';
import { permissions, permissionsOfRoles, rolePermissions, roles } from './permissions.js';

it('documents what each role may do as it is', () => {
  const text = readFileSync(new URL('../../../../docs/access.md', import.meta.url), 'utf8');
  const cellsOf = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const rows = text.split('\n').filter((line) => /^\| (role|`\w+`) .*\| (yes|no|decommission\.\w+)\s*\|$/.test(line));
  const [header, ...documented] = rows.map(cellsOf);
  expect(header).toEqual(['role', ...permissions]);
  const shown = Object.fromEntries(documented.map(([role, ...cells]) => [role!.replaceAll('`', ''), cells]));
  expect(shown).toEqual(
    Object.fromEntries(roles.map((role) => [role, permissions.map((each) => (rolePermissions[role].includes(each) ? 'yes' : 'no'))])),
  );
});

it('lets nobody who runs the phase approve it, and nobody who approves run it', () => {
  for (const role of roles) {
    const held = permissionsOfRoles([role]);
    expect([role, held.has('decommission.approve') && held.has('decommission.execute')]).toEqual([role, false]);
    expect(held.has('decommission.read')).toBe(true);
  }
  expect([...permissionsOfRoles(['admin', 'constructor'])]).toEqual([]);
});
