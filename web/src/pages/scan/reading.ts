import { chooseReader, type ReadCodes } from '../../scan';
import { Collector, type Progress } from '../../showing/parts';

let chosen: Promise<ReadCodes> | null = null;

/** Whatever reads codes here; it is looked for once there is a picture. */
export const readCodes: ReadCodes = async (picture) => {
  chosen ??= chooseReader(globalThis.BarcodeDetector);
  return (await chosen)(picture);
};

/** The same for pictures that follow each other: puts together what is shown as several codes. */
export function collecting(read: ReadCodes, tell: (progress: Progress | null) => void): ReadCodes {
  const collector = new Collector();
  return async (picture) => {
    const codes = await read(picture);
    const others: string[] = [];
    for (const code of codes) {
      const progress = collector.add(code);
      if (progress) tell(progress);
      else others.push(code);
    }
    const whole = collector.whole();
    if (whole === null) return others;
    collector.forget();
    tell(null);
    return [whole, ...others];
  };
}
