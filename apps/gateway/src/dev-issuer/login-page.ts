import type { DemoPerson } from '../sign-in/demo-people.js';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f6f7f9;color:#1a1d21}
main{max-width:34rem;margin:3rem auto;padding:2rem;background:#fff;border:1px solid #c9ced6;border-radius:8px}
h1{margin-top:0;font-size:1.5rem}.notice{padding:.75rem 1rem;border-left:4px solid #8a5a00;background:#fff6e0}
ul{list-style:none;padding:0;margin:1.5rem 0 0}li{margin:.5rem 0}
button{display:block;width:100%;padding:.75rem 1rem;text-align:left;font:inherit;color:inherit;background:#fff;border:1px solid #6b7480;border-radius:6px;cursor:pointer}
button:hover{background:#eef3fb}button:focus-visible{outline:3px solid #1558b0;outline-offset:2px}
.roles{display:block;color:#4a525c;font-size:.9rem}
@media (prefers-color-scheme:dark){body{background:#14171a;color:#e8eaed}main,button{background:#1d2125}main{border-color:#3b424a}
button:hover{background:#28303a}.notice{background:#3a2e10}.roles{color:#b5bdc7}button:focus-visible{outline-color:#8ab4f8}}`;

export const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title>
<style>${style}</style></head>
<body><main>
<h1>${escaped(title)}</h1>
${content}
</main></body>
</html>`;

const choice = ({ user_id, name, roles }: DemoPerson): string =>
  `<li><button type="submit" name="person" value="${escaped(user_id)}">${escaped(name)}
<span class="roles">${escaped(roles.join(', '))}</span></button></li>`;

/** Asks who to sign in as. Works without scripts, by keyboard and by screen reader. @param action where the choice is posted */
export const loginPage = (people: readonly DemoPerson[], action: string, again: boolean): string =>
  page(
    again ? 'Sign in again' : 'Sign in',
    `<p class="notice" role="note"><strong>For development only.</strong> There are no passwords: whoever sees this page can act as any of these
people. It never runs in production.</p>
<form method="post" action="${escaped(action)}">
<ul aria-label="Demo people">
${people.map(choice).join('\n')}
</ul>
</form>`,
  );

export const problemPage = (message: string): string => page('This did not work', `<p role="alert">${escaped(message)}</p>`);
