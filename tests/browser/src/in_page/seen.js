// The words of the page as they are shown, and what its controls hold.
const main = document.querySelector("main:not([hidden])");
const fields = [...main.querySelectorAll("input, select")]
  .filter((field) => field.type !== "file" && field.checkVisibility())
  .map((field) => (/radio|checkbox/.test(field.type) ? field.checked : field.value));
return `${main.innerText}\n${fields.join(" ")}`;
