// Certificates of the bus for a deployment without an authority of its own: an authority, and with it the server's certificate.
import { createPrivateKey, webcrypto as crypto, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const day = 86_400_000;
const authorityDays = 3650;
const serverDays = 365;
const renewDays = 30;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** In place at once or not at all. */
function place(file, text, mode) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.new`, text, { mode });
  fs.renameSync(`${file}.new`, file);
}

const serial = () =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(16)))
    .toString('hex')
    .replace(/^./, '4');
const span = (now, days) => ({ notBefore: new Date(now.getTime() - day), notAfter: new Date(now.getTime() + days * day) });
const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
const privatePem = async (keys) => `${x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')}\n`;

const readIf = (file) => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined);
const lasts = (certificate, now, days) => certificate.validToDate.getTime() - now.getTime() > days * day;

async function makeAuthority(dir, now) {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: 'CN=Lastcopy bus authority',
    ...span(now, authorityDays),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  place(path.join(dir, 'ca.key'), await privatePem(keys), 0o600);
  place(path.join(dir, 'ca.crt'), `${certificate.toString('pem')}\n`, 0o644);
}

/** The authority outlives every certificate that it signs. Answers its certificate and its key. */
async function authorityOf(dir, now) {
  const known = readIf(path.join(dir, 'ca.crt'));
  if (!known || !fs.existsSync(path.join(dir, 'ca.key')) || !lasts(new X509Certificate(known), now, serverDays))
    await makeAuthority(dir, now);
  const certificate = fs.readFileSync(path.join(dir, 'ca.crt'), 'utf8');
  const der = x509.PemConverter.decodeFirst(fs.readFileSync(path.join(dir, 'ca.key'), 'utf8'));
  return { certificate, key: await crypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign']) };
}

const addressPattern = /^[\d.]+$|:/;
const altNames = (hosts) => hosts.map((host) => ({ type: addressPattern.test(host) ? 'ip' : 'dns', value: host }));

async function makeServerCertificate(dir, authority, hosts, now) {
  const keys = await newKeys();
  const issuer = new x509.X509Certificate(authority.certificate);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${hosts[0]}`,
    issuer: issuer.subject,
    ...span(now, serverDays),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: authority.key,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(altNames(hosts)),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  place(path.join(dir, 'server.key'), await privatePem(keys), 0o600);
  place(path.join(dir, 'server.crt'), `${certificate.toString('pem')}\n`, 0o644);
}

const covers = (certificate, hosts) =>
  hosts.every((host) => (addressPattern.test(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined);

/** Signed by this authority, for these hosts, with the key that is there, and not near its end. */
function isGood({ certificate, key }, authority, hosts, now) {
  if (!certificate || !key) return false;
  const known = new X509Certificate(certificate);
  return (
    lasts(known, now, renewDays) &&
    covers(known, hosts) &&
    known.verify(new X509Certificate(authority.certificate).publicKey) &&
    known.checkPrivateKey(createPrivateKey(key))
  );
}

/**
 * Sees to `<authorityDir>/ca.{crt,key}` and `<serverDir>/server.{crt,key}`, and puts the authority's certificate (no secret) into `publishDir`.
 * What is good stays; the server's certificate is renewed 30 days before its end, or when the hosts are others. Answers whether it is new.
 * @param {{ authorityDir: string; serverDir: string; publishDir: string; hosts: string[]; now?: Date }} options
 */
export async function ensureBusCertificates({ authorityDir, serverDir, publishDir, hosts, now = new Date() }) {
  const authority = await authorityOf(authorityDir, now);
  const present = { certificate: readIf(path.join(serverDir, 'server.crt')), key: readIf(path.join(serverDir, 'server.key')) };
  const renew = !isGood(present, authority, hosts, now);
  if (renew) await makeServerCertificate(serverDir, authority, hosts, now);
  place(path.join(publishDir, 'ca.crt'), authority.certificate, 0o644);
  return renew;
}
