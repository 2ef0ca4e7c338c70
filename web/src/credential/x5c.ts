// The signer's certificates in a header (RFC 7515, section 4.1.6).
import { fromBase64 } from '../base/bytes';
import { Certificate } from './certificate';
import { isList } from './members';
import type { JsonObject } from './members';
import { Refusal } from './reason';

const maxCertificates = 4;

/** One that came along: neither the signer's may be signed by itself, nor belongs an anchor there. Throws Refusal. */
export async function readCertificate(der: Uint8Array | null): Promise<Certificate> {
  const certificate = der === null ? null : Certificate.parse(der);
  if (certificate === null) throw new Refusal('certificate');
  if (await certificate.isSelfSigned()) throw new Refusal('certificate-self-signed');
  return certificate;
}

/** The signer's first; throws Refusal: none, or more than 4, or one that is none. */
export async function readX5c(header: JsonObject): Promise<readonly [Certificate, ...Certificate[]]> {
  const texts = header.get('x5c');
  if (!isList(texts) || texts.length > maxCertificates) throw new Refusal('certificates');
  const chain: Certificate[] = [];
  for (const text of texts) chain.push(await readCertificate(typeof text === 'string' ? fromBase64(text) : null));
  const [first, ...others] = chain;
  if (first === undefined) throw new Refusal('certificates');
  return [first, ...others];
}
