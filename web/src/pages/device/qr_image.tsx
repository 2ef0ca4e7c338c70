import { useEffect, useState } from 'preact/hooks';
import { t } from '../../text/text';
import { Button } from '../../ui/pieces';

/** A drawing of squares: black on white, in any light, with the quiet zone around. */
interface Drawing {
  side: number;
  path: string;
}

type State = { kind: 'coming' } | { kind: 'missing' } | { kind: 'too-large' } | { kind: 'drawn'; drawing: Drawing };

/** What draws comes with the first code: most pages need none. */
async function draw(text: string, maxVersion: number): Promise<State> {
  try {
    const { sideOf, squaresOf, svgPath } = await import('../../slips/qr');
    const squares = squaresOf(text, maxVersion);
    return squares.ok ? { kind: 'drawn', drawing: { side: sideOf(squares.value), path: svgPath(squares.value) } } : { kind: 'too-large' };
  } catch {
    return { kind: 'missing' };
  }
}

/** The code of `text`: drawn, on its way, or why not. */
export function useDrawing(text: string, maxVersion: number): { state: State; again: () => void } {
  const [round, next] = useState(0);
  const [state, show] = useState<State>({ kind: 'coming' });
  useEffect(() => {
    let wanted = true;
    void draw(text, maxVersion).then((drawn) => wanted && show(drawn));
    return () => {
      wanted = false;
    };
  }, [text, maxVersion, round]);
  return { state, again: () => next((n) => n + 1) };
}

/** The drawing as a file. */
export function svgFile({ side, path }: Drawing): string {
  const size = `viewBox="0 0 ${side} ${side}" width="${8 * side}" height="${8 * side}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} shape-rendering="crispEdges"><path d="M0 0h${side}v${side}h-${side}z" fill="#ffffff"/><path d="${path}" fill="#000000"/></svg>\n`;
}

/** `label` is what a screen reader says of it. */
export function QrImage({ state, again, label }: { state: State; again: () => void; label: string }) {
  if (state.kind === 'coming') return <p class="qr-place" role="status">{t('slip.drawing')}</p>;
  if (state.kind === 'too-large') return null;
  if (state.kind === 'missing')
    return <div class="note"><p>{t('slip.not-drawn')}</p><p><Button second onClick={again}>{t('app.try-again')}</Button></p></div>;
  const { side, path } = state.drawing;
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`0 0 ${side} ${side}`} shape-rendering="crispEdges">
      <path d={`M0 0h${side}v${side}h-${side}z`} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
