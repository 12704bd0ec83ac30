/**
 * From a commit to the screen, without comparing the clocks of two machines: what the server measured from the
 * notification to writing the event, half a round trip, and the browser's time from the event to the painted frame.
 */

const ROUND_TRIPS = 5;
const ROUND_TRIP_INTERVAL = 20_000;

export class Latency {
  #roundTrips = [];
  #arrived;
  #painted;
  #elapsed;
  #onMeasured;

  /** @param onMeasured gets milliseconds */
  constructor(onMeasured) {
    this.#onMeasured = onMeasured;
    this.#measure();
    setInterval(() => !document.hidden && this.#measure(), ROUND_TRIP_INTERVAL);
  }

  /** An event arrived, at a time in milliseconds since 1970; its timing may follow. */
  arrived(time) {
    this.#arrived = time;
    this.#painted = undefined;
    this.#elapsed = undefined;
  }

  /** The server's own time for the event that arrived last. */
  timed(elapsed) {
    this.#elapsed = elapsed;
    this.#tell();
  }

  /** Everything that arrived is drawn in this frame. */
  painting() {
    const { port1, port2 } = new MessageChannel();
    const event = this.#arrived;
    // A message that is posted before the frame is painted is handled after it
    port1.onmessage = () => {
      port1.close();
      if (event !== this.#arrived) return;
      this.#painted ??= Date.now();
      this.#tell();
    };
    port2.postMessage(undefined);
  }

  #tell() {
    const known = [this.#arrived, this.#painted, this.#elapsed];
    if (known.includes(undefined) || !this.#roundTrips.length) return;
    this.#onMeasured(this.#elapsed + Math.min(...this.#roundTrips) / 2 + this.#painted - this.#arrived);
    this.#arrived = undefined;
  }

  /** The shortest of the last few, because the others waited for something. */
  async #measure() {
    const start = performance.now();
    try {
      await fetch('favicon.svg', { method: 'HEAD', cache: 'no-store' });
      this.#roundTrips = [performance.now() - start, ...this.#roundTrips].slice(0, ROUND_TRIPS);
    } catch {
      // the connection's state shows that
    }
  }
}
