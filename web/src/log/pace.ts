/** Long work stops so often that no frame of the page is late for it. */
const slice_ms = 8;

/** Lets the page in between steps of long work: `await pace.breathe()` after each. */
export class Pace {
  private since = performance.now();

  /** Returns at once until the work has had its slice of time, and then after the page had its turn. */
  async breathe(): Promise<void> {
    if (performance.now() - this.since < slice_ms) return;
    await new Promise<void>((resume) => setTimeout(resume, 0));
    this.since = performance.now();
  }
}
