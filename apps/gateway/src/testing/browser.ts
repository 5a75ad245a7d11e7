/** What a page that sends itself on would send. */
const hiddenFields = (html: string): Record<string, string> =>
  Object.fromEntries([...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!]));

/** As much of a browser as a sign-in needs: keeps cookies, follows redirects, posts forms, and what forms a script would post. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly origin: string) {}

  /** Goes to an address, and on as long as it is sent on within the origin. Answers where it stands: the page, or where it was sent away to. */
  async go(url: string, form?: Record<string, string>): Promise<{ url: string; status: number; headers: Headers; html: string }> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { Cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    const location = response.headers.get('location');
    if (!location) {
      const html = await response.text();
      const [, onward] = /<form method="post" action="([^"]+)">\s*<input type="hidden"/.exec(html) ?? [];
      if (onward) return this.go(new URL(onward, url).href, hiddenFields(html));
      return { url, status: response.status, headers: response.headers, html };
    }
    const next = new URL(location, url);
    if (next.origin !== this.origin) return { url: next.href, status: response.status, headers: response.headers, html: '' };
    return this.go(next.href);
  }

  private keep(cookie: string): void {
    const [pair, ...attributes] = cookie.split(';').map((part) => part.trim());
    const [name, value] = pair!.split('=') as [string, string];
    const expired = attributes.some((each) => /^expires=/i.test(each) && new Date(each.slice(8)) < new Date());
    if (expired) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
