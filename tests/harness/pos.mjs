// The simulated KiotViet shop (tests/kiotviet-sim), seen from a test.
import { root, run, serve } from './run.mjs';

let built;

/** Builds the simulator once and gives its path; DONGBO_SIM names one that is built already. */
export function build() {
  built ??= process.env.DONGBO_SIM ? Promise.resolve(process.env.DONGBO_SIM) : run('cargo', ['build', '-q', '--release', '-p', 'kiotviet-sim', '--message-format=json-render-diagnostics'])
    .then(({ out }) => out.split('\n').filter(Boolean).map((line) => JSON.parse(line))
      .findLast((message) => message.executable && message.target.name === 'kiotviet-sim').executable);
  return built;
}

/** Starts a shop; `args` are the simulator's own options. */
export async function startPos(...args) {
  const program = await build();
  const { child, found } = await serve(program, ['--listen', '127.0.0.1:0', ...args.map(String)],
    (text) => /listening (http:\/\/\S+)/.exec(text)?.[1], { cwd: root });
  return new Pos(found, child);
}

class Pos {
  constructor(url, child) {
    this.url = url;
    this.child = child;
  }

  async #call(method, path, body, signal) {
    const answer = await fetch(this.url + path, {
      signal, method, headers: { 'content-type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  catalogue() { return this.#call('GET', '/_sim/catalogue'); }
  truth() { return this.#call('GET', '/_sim/truth'); }
  clock(clock) { return this.#call('POST', '/_sim/clock', clock); }
  counters() { return this.#call('GET', '/_sim/counters'); }
  resetCounters() { return this.#call('POST', '/_sim/reset-counters'); }
  change(changes) { return this.#call('POST', '/_sim/change', Array.isArray(changes) ? { changes } : changes); }
  faults(rules) { return this.#call('POST', '/_sim/faults', rules); }
  switches(switches) { return this.#call('POST', '/_sim/switches', switches); }
  life(plan) { return this.#call('POST', '/_sim/life', plan); }
  clock(clock) { return this.#call(clock ? 'POST' : 'GET', '/_sim/clock', clock); }
  deliveryFaults(faults) { return this.#call('POST', '/_sim/delivery-faults', faults); }
  webhooks(knobs) { return this.#call(knobs ? 'POST' : 'GET', '/_sim/webhooks', knobs); }
  deliveries() { return this.#call('GET', '/_sim/deliveries'); }

  /** Sends all that waits; comes back when nothing does, which is longer than one request may take. */
  async deliver(options = {}) {
    for (;;) {
      try {
        return await this.#call('POST', '/_sim/deliveries/send', options, AbortSignal.timeout(60_000));
      } catch (error) {
        if (error.name !== 'TimeoutError') throw error;
      }
    }
  }

  sell(sale) { return this.#call('POST', '/_sim/sell', sale); }
  stop() { this.child.removeAllListeners('exit'); this.child.kill('SIGKILL'); }
}
