import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { placeOnce } from '@lastcopy/durable-file';
import { CodedError } from '@lastcopy/kernel';

const fileName = 'webhook-secrets.key';
const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

async function keyIn(dir: string, create: boolean): Promise<Buffer> {
  const file = path.join(dir, fileName);
  const text = await readFile(file, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' || !create) {
      const what = `Key file ${file} cannot be read. Make it with: openssl rand -hex 32 > ${file} (mode 0600)`;
      throw new CodedError('CONFIGURATION_INVALID', what, { cause: error });
    }
    await placeOnce(file, randomBytes(32).toString('hex'));
    return readFile(file, 'utf8');
  });
  if (!/^[0-9a-f]{64}$/i.test(text.trim()))
    throw new CodedError('CONFIGURATION_INVALID', `Key file ${file} must hold 64 hexadecimal digits`);
  return Buffer.from(text.trim(), 'hex');
}

/** Keeps secrets encrypted: who reads the database alone learns none. */
export class SecretBox {
  private key: Promise<Buffer> | undefined;

  /** @param create makes the key when there is none: in development */
  constructor(
    private readonly dir: string,
    private readonly create: boolean,
  ) {}

  /** @param owner what the secret belongs to: put elsewhere it does not open. Throws CONFIGURATION_INVALID without a key. */
  async seal(secret: string, owner: string): Promise<string> {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, await this.keyOnce(), nonce).setAAD(Buffer.from(owner));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  async open(sealed: string, owner: string): Promise<string> {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv(algorithm, await this.keyOnce(), bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
  }

  private keyOnce(): Promise<Buffer> {
    this.key ??= keyIn(this.dir, this.create).catch((error: unknown) => {
      this.key = undefined;
      throw error;
    });
    return this.key;
  }
}
