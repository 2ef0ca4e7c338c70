// Reads QR codes in pictures: by the browser's own BarcodeDetector where it knows them, by ZXing as WebAssembly otherwise.
// ZXing comes from our own address, and only once there is a picture to be read.
import { textOf } from '../log/text';

/** The texts of the QR codes in a picture, each once, in no order; none if there are none. */
export type ReadCodes = (picture: ImageData) => Promise<readonly string[]>;

/** The Shape Detection API, as far as it is used. */
interface Detector {
  detect(picture: ImageData): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorKind {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}
declare global {
  var BarcodeDetector: DetectorKind | undefined;
}

/** As many codes as are looked for in one picture. */
const maxCodes = 32;

function eachOnce(texts: readonly string[]): readonly string[] {
  return Array.from(new Set(texts));
}

/** Null: this browser has none, or none that knows QR codes. */
async function detectorOf(kind: DetectorKind | undefined): Promise<Detector | null> {
  if (kind === undefined) return null;
  try {
    const formats = await kind.getSupportedFormats();
    return formats.includes('qr_code') ? new kind({ formats: ['qr_code'] }) : null;
  } catch {
    return null;
  }
}

/** Where the program of ZXing is, or the program itself. */
export type ZXing = { readonly url: string } | { readonly program: ArrayBuffer };

/**
 * ZXing, in the two ways of src/scan/scan.cpp: as it is, then by one threshold for all of it, which reads some faint or
 * blurred ones better.
 */
export async function loadZXing(from: () => Promise<ZXing>): Promise<ReadCodes> {
  const [{ prepareZXingModule, readBarcodes }, zxing] = await Promise.all([import('zxing-wasm/reader'), from()]);
  await prepareZXingModule({
    overrides: 'url' in zxing ? { locateFile: () => zxing.url } : { wasmBinary: zxing.program },
    fireImmediately: true,
  });
  return async (picture) => {
    for (const binarizer of ['LocalAverage', 'GlobalHistogram'] as const) {
      const found = await readBarcodes(picture, { formats: ['QRCode'], maxNumberOfSymbols: maxCodes, binarizer });
      // What is no UTF-8 is none of ours.
      const texts = found.filter((one) => one.isValid).flatMap((one) => textOf(one.bytes) ?? []);
      if (texts.length > 0) return eachOnce(texts);
    }
    return [];
  };
}

/** From our own address: Vite puts it there, with the hash of its content in its name. */
async function ours(): Promise<ZXing> {
  return { url: (await import('zxing-wasm/reader/zxing_reader.wasm?url')).default };
}

/**
 * A code of ours says nothing of how its bytes are letters (it has no ECI), so what a browser's detector gives for other
 * letters than ASCII is its guess: then ZXing, which gives the bytes, has a look as well.
 */
async function readBoth(
  picture: ImageData, detector: Detector, zxing: () => Promise<ReadCodes>,
): Promise<readonly string[]> {
  const texts = eachOnce((await detector.detect(picture)).map((one) => one.rawValue));
  if (texts.every((text) => /^[\0-\x7f]*$/.test(text))) return texts;
  const exact = await (await zxing())(picture);
  return exact.length > 0 ? exact : texts;
}

/** `kind`: the browser's detector, if it has one; `zxing`: loads the other, which is asked for once at most. */
export async function chooseReader(
  kind: DetectorKind | undefined, zxing: () => Promise<ReadCodes> = () => loadZXing(ours),
): Promise<ReadCodes> {
  let loaded: Promise<ReadCodes> | null = null;
  const once = (): Promise<ReadCodes> => {
    loaded ??= zxing().catch((error: unknown) => {
      loaded = null; // the connection may be back the next time
      throw error;
    });
    return loaded;
  };
  const detector = await detectorOf(kind);
  if (detector !== null) return (picture) => readBoth(picture, detector, once);
  return async (picture) => (await once())(picture);
}
