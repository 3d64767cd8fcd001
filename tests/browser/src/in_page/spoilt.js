// Times made-up work by a clock of whole milliseconds, while other work now and then takes five.
const { timing } = await import(new URL("experiments/timing.js", location.href).href);
let clock = 0;
let calls = 0;
class Work {
  size = () => 1000;
  values(passes) {
    calls += 1;
    clock += passes / 200 + (calls % 7 === 1 ? 5 : 0);
  }
  slopes(passes) {
    this.values(passes);
  }
}
performance.now = () => Math.floor(clock);
try {
  const run = timing(Work, [{}, {}], 3);
  while (!run.step());
  return run.result().times.flat(2);
} finally {
  delete performance.now;
}
