// Pictures as dots, by the browser's own decoders and a canvas that nobody sees.

/** A code of 125 squares that fills half of this reads well; larger ones take longer and are the second try. */
export const sides = [1280, 2560] as const;

/** Something that can be drawn. */
export interface Drawable {
  readonly source: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

/** The dots of a picture, made smaller so that its longer side has `longest` at most. Null: the browser gives none. */
export function dotsOf(drawable: Drawable, longest: number): ImageData | null {
  const scale = Math.min(1, longest / Math.max(drawable.width, drawable.height));
  const width = Math.max(1, Math.round(drawable.width * scale));
  const height = Math.max(1, Math.round(drawable.height * scale));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.fillStyle = '#fff'; // behind pictures that one can see through
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(drawable.source, 0, 0, width, height);
  const dots = context.getImageData(0, 0, width, height);
  canvas.width = 0; // Safari keeps a canvas's memory until it is empty
  canvas.height = 0;
  return dots;
}
