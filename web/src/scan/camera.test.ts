// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { Camera } from './camera';
import type { CameraParts, CameraState } from './camera';
import type { ReadCodes } from './reader';

const seal = '{"data":{}}';
const dots: ImageData = { data: new Uint8ClampedArray(4), width: 1, height: 1, colorSpace: 'srgb' };

/** A browser with a camera, whose time passes by `tick`. */
class Stage {
  readonly states: CameraState[] = [];
  readonly found: string[] = [];
  readonly asked: MediaStreamConstraints[] = [];
  readonly video = document.createElement('video');
  running = 0;
  track = { onended: (): unknown => undefined };
  looks = 0;
  nowMs = 0;
  readonly delays: number[] = [];
  codes: readonly string[] = [];
  answer: () => Promise<MediaStream> = () => Promise.resolve(this.stream());
  private waiting: (() => void)[] = [];
  private visibility: DocumentVisibilityState = 'visible';
  private readonly page = new EventTarget();
  readonly camera: Camera;

  constructor(read?: ReadCodes, play: () => Promise<void> = () => Promise.resolve()) {
    Object.defineProperty(this.video, 'srcObject', { writable: true, value: null });
    Object.defineProperty(this.video, 'videoWidth', { get: () => (this.running > 0 ? 1920 : 0) });
    Object.defineProperty(this.video, 'videoHeight', { get: () => 1080 });
    this.video.play = play;
    const stage = this;
    const parts: CameraParts = {
      devices: { getUserMedia: (wanted) => { this.asked.push(wanted ?? {}); return this.answer(); } },
      page: {
        get visibilityState() { return stage.visibility; },
        addEventListener: this.page.addEventListener.bind(this.page),
        removeEventListener: this.page.removeEventListener.bind(this.page),
      },
      later: (work, delayMs) => { this.delays.push(delayMs); return this.waiting.push(work); },
      clock: () => this.nowMs,
      cancel: () => { this.waiting = []; },
      dots: (_, longest) => { expect(longest).toBe(1280); this.looks += 1; return dots; },
    };
    this.camera = new Camera(
      this.video, read ?? (() => Promise.resolve(this.codes)), (text) => this.found.push(text),
      (state) => this.states.push(state), parts,
    );
  }

  stream(): MediaStream {
    this.running += 1;
    const track = { stop: () => { this.running -= 1; }, onended: () => undefined };
    this.track = track;
    return Object.assign(Object.create(MediaStreamStub.prototype), { getTracks: () => [track] });
  }

  async tick(): Promise<void> {
    const work = this.waiting;
    this.waiting = [];
    for (const one of work) one();
    await new Promise((resolve) => setTimeout(resolve));
  }

  hide(visibility: DocumentVisibilityState): void {
    this.visibility = visibility;
    this.page.dispatchEvent(new Event('visibilitychange'));
  }
}
class MediaStreamStub {}

describe('the camera', () => {
  it('is asked for by a call alone, without sound, and looks until there is a proof', async () => {
    const stage = new Stage();
    expect(stage.asked).toEqual([]);
    await stage.camera.start();
    expect(stage.asked).toEqual([
      { audio: false, video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } } },
    ]);
    await stage.tick();
    stage.codes = ['https://a.example'];
    await stage.tick();
    expect(stage.looks).toBe(2);
    stage.codes = ['https://a.example', seal];
    await stage.tick();
    expect(stage.found).toEqual([seal]);
    expect(stage.running).toBe(0);
    expect(stage.video.srcObject).toBeNull();
    expect(stage.states).toEqual(['starting', 'looking', 'off']);
    await stage.tick();
    expect(stage.looks).toBe(3);
  });

  it('goes off when it is told to, and when the page is hidden, and stays off', async () => {
    for (const leave of [(stage: Stage) => stage.camera.stop(), (stage: Stage) => stage.hide('hidden')]) {
      const stage = new Stage();
      await stage.camera.start();
      await stage.tick();
      leave(stage);
      expect(stage.running).toBe(0);
      expect(stage.states).toEqual(['starting', 'looking', 'off']);
      stage.hide('visible');
      await stage.tick();
      expect(stage.running).toBe(0);
      expect(stage.looks).toBe(1);
    }
  });

  it('goes off although the person says yes only after the page was left', async () => {
    const stage = new Stage();
    let say: (stream: MediaStream) => void = () => undefined;
    stage.answer = () => new Promise((resolve) => { say = resolve; });
    const started = stage.camera.start();
    stage.camera.stop();
    say(stage.stream());
    await started;
    expect(stage.running).toBe(0);
    expect(stage.states).toEqual(['starting', 'off']);
  });

  it('finds nothing any more in a picture that it took before it went off', async () => {
    let answer: (codes: readonly string[]) => void = () => undefined;
    const stage = new Stage(() => new Promise((resolve) => { answer = resolve; }));
    await stage.camera.start();
    await stage.tick();
    stage.camera.stop();
    answer([seal]);
    await stage.tick();
    expect(stage.found).toEqual([]);
  });

  it('runs once, however often it is started', async () => {
    const stage = new Stage();
    await Promise.all([stage.camera.start(), stage.camera.start()]);
    expect(stage.running).toBe(1);
    await stage.camera.start();
    expect(stage.running).toBe(1);
    stage.camera.stop();
    expect(stage.running).toBe(0);
  });

  it('tells a no from a camera that is not there', async () => {
    for (const [error, state] of [
      [new DOMException('', 'NotAllowedError'), 'refused'],
      [new DOMException('', 'NotFoundError'), 'missing'],
      [new DOMException('', 'NotReadableError'), 'missing'],
      [new TypeError(), 'missing'],
    ] as const) {
      const stage = new Stage();
      stage.answer = () => Promise.reject(error);
      await stage.camera.start();
      expect(stage.states).toEqual(['starting', state]);
    }
    const mute = new Stage(undefined, () => Promise.reject(new Error('it does not play')));
    await mute.camera.start();
    expect(mute.states).toEqual(['starting', 'missing']);
    expect(mute.running).toBe(0);
  });

  it('rests as long as it looked, and a little at least', async () => {
    const stage: Stage = new Stage(() => { stage.nowMs += 500; return Promise.resolve([]); });
    await stage.camera.start();
    await stage.tick();
    expect(stage.delays).toEqual([0, 500]);
    const quick = new Stage(() => Promise.resolve([]));
    await quick.camera.start();
    await quick.tick();
    expect(quick.delays).toEqual([0, 80]);
  });

  it('goes off if the camera is taken away', async () => {
    const stage = new Stage();
    await stage.camera.start();
    stage.track.onended();
    expect(stage.states).toEqual(['starting', 'looking', 'missing']);
    expect(stage.video.srcObject).toBeNull();
  });

  it('goes off if nothing can read codes', async () => {
    const stage = new Stage(() => Promise.reject(new Error('offline')));
    await stage.camera.start();
    await stage.tick();
    expect(stage.states).toEqual(['starting', 'looking', 'broken']);
    expect(stage.running).toBe(0);
  });
});
