import { sideOf, squaresOf, svgPath } from '../slips/qr';

/** The largest QR code there is. */
const maxVersion = 40;

/** A text as a QR code, dark on white by day and by night: scanners want it so. Nothing if it is too long for one. */
export function QrPicture({ text, label, large = false }: { text: string; label: string; large?: boolean }) {
  const squares = squaresOf(text, maxVersion);
  if (!squares.ok) return null;
  const side = sideOf(squares.value);
  return (
    <svg class={large ? 'qr large' : 'qr'} viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={side} height={side} fill="#ffffff" />
      <path d={svgPath(squares.value)} fill="#000000" />
    </svg>
  );
}
