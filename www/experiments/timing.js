// Times the core's work by the clock of this browser. Clocks are coarse and other work disturbs, so
// each piece lasts a while, what is compared takes turns, and all of it is repeated.

// Milliseconds for one piece.
const PIECE = 4;
const KINDS = ["values", "slopes"];

// One step times one activation's values or slopes; `repeats` of each make the result.
export function timing(Stopwatch, activations, repeats) {
  const watches = activations.map(({ activation, alpha }) => new Stopwatch(activation, alpha));
  const pieces = watches.flatMap((watch) => KINDS.map((kind) => ({ watch, kind, passes: 1, warm: false, times: [] })));
  let at = 0;

  function run({ watch, kind, passes }) {
    const began = performance.now();
    watch[kind](passes);
    return performance.now() - began;
  }

  // Until a piece lasts long enough, which also gives the browser time to optimise the code.
  function warmUp(piece) {
    const took = run(piece);
    piece.warm = took >= PIECE;
    if (!piece.warm) piece.passes *= took > PIECE / 8 ? Math.ceil(PIECE / took) + 1 : 8;
  }

  // True once all is measured.
  function step() {
    const piece = pieces[at % pieces.length];
    if (!piece.warm) return void warmUp(piece);
    const took = run(piece);
    // Other work may have made the warm-up long, or the code has become faster.
    piece.warm = took >= PIECE / 2;
    if (!piece.warm) return void (piece.passes *= 2);
    // Nanoseconds for one number.
    piece.times.push((1e6 * took) / (piece.passes * piece.watch.size()));
    at += 1;
    return at === repeats * pieces.length;
  }

  return {
    step,
    done: () => Math.floor(at / KINDS.length),
    result: () => ({ times: watches.map((watch) => pieces.filter((piece) => piece.watch === watch).map(({ times }) => times)) }),
    free: () => watches.forEach((watch) => watch.free()),
  };
}
