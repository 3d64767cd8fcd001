// Follows every number of the card that leads somewhere, and comes back. Returns how many there
// were, and those that led to another number or not quite back.
const { body } = document;
const card = () => [...body.querySelectorAll("main:not([hidden]) section")].find((section) =>
  document.getElementById(section.getAttribute("aria-labelledby"))?.textContent === "This step");
const within = (tag, test) => [...card().querySelectorAll(tag)].filter(test);
const links = () => within("button", (one) =>
  one.getAttribute("aria-label")?.endsWith("see its step"));
const wayBack = () => within("button", (one) => one.textContent === "Return" && !one.hidden);
const words = () => card().innerText;
const heading = () => card().querySelector("h2").textContent;
// The last number of the arithmetic; of what is given, the only one.
const result = () => [...card().querySelectorAll(".lines .num")].at(-1)?.textContent;

const here = words();
const faults = [];
const count = links().length;
for (let n = 0; n < count; n += 1) {
  const link = links()[n];
  const number = link.textContent;
  link.click();
  const [there, found] = [heading(), result()];
  if (found !== number) faults.push(`${number} leads to ${found} (${there})`);
  if (wayBack().length !== 1) faults.push(`no way back from ${there}`);
  else wayBack()[0].click();
  if (words() !== here) faults.push(`the way back from ${there} leads to ${heading()}`);
}
return { count, faults: faults.map((fault) => `${heading()}: ${fault}`) };
