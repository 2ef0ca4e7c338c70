// The camera, on the scan page alone: it starts when somebody asks for it, is off whenever the page is not looked at, and
// keeps no picture. Each is looked at once and forgotten.
import { dotsOf } from './picture';
import type { Drawable } from './picture';
import type { ReadCodes } from './reader';
import { shownIn } from './shown';

export type CameraState =
  | 'off'
  | 'starting'
  | 'looking'
  /** The person or the browser's settings said no. */
  | 'refused'
  /** There is none, or another program has it. */
  | 'missing'
  /** What reads codes could not be loaded. */
  | 'broken';

/** What a camera needs of a browser; tests have their own. */
export interface CameraParts {
  readonly devices: Pick<MediaDevices, 'getUserMedia'> | undefined;
  readonly page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
  /** After a while, so that the page stays quick; a number to take it back by. */
  readonly later: (work: () => void, delayMs: number) => number;
  readonly cancel: (id: number) => void;
  /** In milliseconds, from whenever. */
  readonly clock: () => number;
  readonly dots: (drawable: Drawable, longest: number) => ImageData | null;
}

export function browserParts(): CameraParts {
  return {
    devices: navigator.mediaDevices,
    page: document,
    later: (work, delayMs) => window.setTimeout(work, delayMs),
    cancel: (id) => window.clearTimeout(id),
    clock: () => performance.now(),
    dots: dotsOf,
  };
}

/** The least between two looks. An old phone rests as long as it looked, so that the page can be used meanwhile. */
const restMs = 80;
/** Enough for a seal that fills half of the picture. */
const longestSide = 1280;

export class Camera {
  private stream: MediaStream | null = null;
  private timer: number | null = null;
  /** Which start this is: what an older one began comes to nothing. */
  private turn = 0;
  private state: CameraState = 'off';

  /** `video` shows what it sees; `found` gets the first text that may be a proof, after which the camera is off. */
  constructor(
    private readonly video: HTMLVideoElement,
    private readonly read: ReadCodes,
    private readonly found: (text: string) => void,
    private readonly changed: (state: CameraState) => void,
    private readonly parts: CameraParts = browserParts(),
  ) {}

  /** To be called by a button: browsers ask the person then, and nobody is asked without having asked. */
  async start(): Promise<void> {
    this.stop();
    const turn = ++this.turn;
    this.become('starting');
    this.parts.page.addEventListener('visibilitychange', this.hide);
    const stream = await this.open();
    if (turn !== this.turn) return this.close(stream);
    if (typeof stream === 'string') return this.end(stream);
    this.stream = stream;
    for (const track of stream.getTracks()) track.onended = () => this.lost(turn); // a call came in, or it was unplugged
    this.video.muted = true;
    this.video.setAttribute('playsinline', ''); // or an iPhone opens it over the whole screen
    this.video.srcObject = stream;
    try {
      await this.video.play();
    } catch {
      return this.lost(turn);
    }
    if (turn !== this.turn) return;
    this.become('looking');
    this.lookLater(turn, 0);
  }

  /** Also when the page is left: whoever shows another page calls it. */
  stop(): void {
    this.end('off');
  }

  private readonly hide = (): void => {
    if (this.parts.page.visibilityState === 'hidden') this.stop();
  };

  private async open(): Promise<MediaStream | CameraState> {
    const { devices } = this.parts;
    if (devices === undefined) return 'missing';
    try {
      const video = { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } };
      return await devices.getUserMedia({ audio: false, video });
    } catch (error) {
      return error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'missing';
    }
  }

  private close(stream: MediaStream | CameraState): void {
    if (typeof stream !== 'string') for (const track of stream.getTracks()) track.stop();
  }

  private lost(turn: number): void {
    if (turn === this.turn) this.end('missing');
  }

  private end(state: CameraState): void {
    this.turn += 1;
    this.parts.page.removeEventListener('visibilitychange', this.hide);
    if (this.timer !== null) this.parts.cancel(this.timer);
    this.timer = null;
    if (this.stream !== null) this.close(this.stream);
    this.stream = null;
    this.video.srcObject = null;
    this.become(state);
  }

  private become(state: CameraState): void {
    if (state === this.state) return;
    this.state = state;
    this.changed(state);
  }

  private lookLater(turn: number, delayMs: number): void {
    this.timer = this.parts.later(() => void this.look(turn), delayMs);
  }

  private async look(turn: number): Promise<void> {
    const begin = this.parts.clock();
    const { videoWidth: width, videoHeight: height } = this.video;
    const dots = width > 0 ? this.parts.dots({ source: this.video, width, height }, longestSide) : null;
    try {
      const scan = dots === null ? null : shownIn(await this.read(dots));
      if (turn !== this.turn) return;
      if (scan?.kind !== 'found') return this.lookLater(turn, Math.max(restMs, this.parts.clock() - begin));
      this.stop();
      this.found(scan.text);
    } catch {
      if (turn === this.turn) this.end('broken');
    }
  }
}
