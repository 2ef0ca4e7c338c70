// Pictures of QR codes as cameras take them: turned, out of focus, with noise, in uneven light.
import qrcode from 'qrcode-generator';
import { bytesOf } from '../log/text';

export interface Shot {
  readonly width: number;
  readonly height: number;
  /** Of a square, in dots. */
  readonly square: number;
  /** Of the code, in degrees. */
  readonly turned?: number;
  /** Dots to each side that are mixed. */
  readonly blur?: number;
  /** The most that a dot is off, of 255. */
  readonly noise?: number;
}

/** Brightness of the code's plane at a place, in squares from the middle of the code. */
function planeOf(text: string): (x: number, y: number) => number {
  const code = qrcode(0, 'M');
  // One sign for each byte: as the register's codes are, without a word of how bytes are letters.
  code.addData(String.fromCharCode(...bytesOf(text)), 'Byte');
  code.make();
  const count = code.getModuleCount();
  return (x, y) => {
    const column = Math.floor(x + count / 2);
    const row = Math.floor(y + count / 2);
    const isInside = column >= 0 && row >= 0 && column < count && row < count;
    return isInside && code.isDark(row, column) ? 40 : 215;
  };
}

function blurred(from: Float32Array, width: number, height: number, radius: number): Float32Array {
  const to = new Float32Array(from.length);
  for (let y = 0; y < height; ++y)
    for (let x = 0; x < width; ++x) {
      let sum = 0;
      let count = 0;
      for (let dy = -radius; dy <= radius; ++dy)
        for (let dx = -radius; dx <= radius; ++dx) {
          const value = from[Math.min(height - 1, Math.max(0, y + dy)) * width + Math.min(width - 1, Math.max(0, x + dx))];
          sum += value ?? 0;
          count += 1;
        }
      to[y * width + x] = sum / count;
    }
  return to;
}

/** A picture with these texts' codes in it, side by side. */
export function shoot(texts: readonly string[], shot: Shot): ImageData {
  const { width, height, square, turned = 0, blur = 0, noise = 0 } = shot;
  const planes = texts.map(planeOf);
  const [cos, sin] = [Math.cos((turned * Math.PI) / 180), Math.sin((turned * Math.PI) / 180)];
  let grey: Float32Array = new Float32Array(width * height).fill(215);
  planes.forEach((plane, i) => {
    const middle = (width * (2 * i + 1)) / (2 * planes.length);
    const reach = width / (2 * planes.length);
    for (let y = 0; y < height; ++y)
      for (let x = Math.ceil(middle - reach); x < middle + reach; ++x) {
        const [dx, dy] = [(x - middle) / square, (y - height / 2) / square];
        grey[y * width + x] = plane(cos * dx - sin * dy, sin * dx + cos * dy);
      }
  });
  if (blur > 0) grey = blurred(grey, width, height, blur);
  const data = new Uint8ClampedArray(width * height * 4);
  let seed = 1;
  grey.forEach((value, i) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const light = 1 - (0.35 * (i % width)) / width; // a lamp on the left
    const dot = value * light + ((seed / 2 ** 31) - 1) * noise;
    data.fill(dot, 4 * i, 4 * i + 3);
    data[4 * i + 3] = 255;
  });
  return { data, width, height, colorSpace: 'srgb' };
}
