// Clicks through the chapter to its last step, and asks `check` of each what it counts and which
// faults it finds. Arguments: the name of Step, and how many there are to be at the most.
const [name, most] = arguments;
const step = () => [...document.querySelectorAll("main:not([hidden]) button")]
  .find((one) => one.checkVisibility() && one.textContent.trim() === name);
const found = { faults: [], count: 0, steps: 0 };
for (; ; found.steps += 1) {
  const { count, faults } = check();
  found.count += count;
  found.faults.push(...faults.map((fault) => `step ${found.steps}: ${fault}`));
  if (found.steps === most || step().getAttribute("aria-disabled") === "true") return found;
  step().click();
}
