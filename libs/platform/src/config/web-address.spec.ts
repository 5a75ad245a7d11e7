import { IsOptional } from 'class-validator';
import { loadConfig } from './load-config.js';
import { namesUser, WebAddress } from './web-address.js';

class Settings {
  @IsOptional()
  @WebAddress('STORE_URL')
  STORE_URL?: string;
}
const load = (STORE_URL: string) => () => loadConfig(Settings, { STORE_URL });

it.each(['http://127.0.0.1:9000', 'https://s3.example/path?a=b@c', 'https://[::1]:4318', 'http://localhost/'])('takes %s', (url) => {
  expect(load(url)).not.toThrow();
  expect(namesUser(url)).toBe(false);
});

it.each(['http://user:hidden@host', 'https://hidden@host/path', 'http://user:hidden@more@host'])(
  'refuses %s, and repeats nothing of it',
  (url) => {
    expect(load(url)).toThrow(/STORE_URL must be an http\(s\) URL without a user or password/);
    expect(load(url)).not.toThrow(/hidden/);
    expect(namesUser(url)).toBe(true);
  },
);

it.each(['ftp://host', 'http://', 'host:80', 'http://a b'])('refuses %s, which is no address', (url) => {
  expect(load(url)).toThrow(/STORE_URL/);
});
