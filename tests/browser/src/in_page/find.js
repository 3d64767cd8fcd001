// Finds elements by role and accessible name, as assistive technology sees them (a simple form of
// the ARIA rules). Arguments: a path of [role, name] pairs, each within the one before; a name of
// null is any. Returns the elements, and the names that the last role does have.
const IMPLICIT = [
  ["button, summary, input[type=button], input[type=submit], input[type=reset]", "button"],
  ["a[href]", "link"],
  ["input[type=range]", "slider"],
  ["input[type=number]", "spinbutton"],
  ["input[type=checkbox]", "checkbox"],
  ["input[type=radio]", "radio"],
  ["input:not([type]), input[type=text], textarea", "textbox"],
  ["select:not([multiple])", "combobox"],
  ["option", "option"],
  ["section", "region"],
  ["nav", "navigation"],
  ["main", "main"],
  ["h1, h2, h3, h4, h5, h6", "heading"],
  ["dialog", "dialog"],
  ["output", "status"],
  ["progress", "progressbar"],
  ["img", "img"],
  ["table", "table"],
  ["tr", "row"],
  ["th", "columnheader"],
  ["td", "cell"],
  ["ul, ol", "list"],
  ["li", "listitem"],
  ["fieldset, details", "group"],
];
const NAMED_BY_CONTENT = new Set(["button", "link", "tab", "heading", "option", "cell", "row",
  "columnheader", "rowheader", "switch", "menuitem", "menuitemradio", "checkbox", "radio",
  "treeitem"]);

const squeeze = (text) => text.replace(/\s+/g, " ").trim();

function role(element) {
  const explicit = element.getAttribute("role");
  if (explicit) return explicit.split(" ")[0];
  return IMPLICIT.find(([selector]) => element.matches(selector))?.[1];
}

function content(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.getAttribute("aria-hidden") === "true" || node.hidden) return "";
  const label = node.getAttribute("aria-label") ?? node.getAttribute("alt");
  return label ?? [...node.childNodes].map(content).join("");
}

function labelledBy(element) {
  const ids = element.getAttribute("aria-labelledby");
  if (!ids) return "";
  return ids.split(/\s+/).map((id) => document.getElementById(id))
    .map((label) => (label ? content(label) : "")).join(" ");
}

function name(element) {
  const caption = element.querySelector(":scope > caption, :scope > legend, :scope > summary");
  const candidates = [
    () => labelledBy(element),
    () => element.getAttribute("aria-label"),
    () => element.getAttribute("alt"),
    () => [...(element.labels ?? [])].map(content).join(" "),
    () => (element.matches("input[type=button], input[type=submit]") ? element.value : ""),
    () => (caption ? content(caption) : ""),
    () => (NAMED_BY_CONTENT.has(role(element)) ? content(element) : ""),
    () => element.getAttribute("title"),
    () => element.getAttribute("placeholder"),
  ];
  for (const candidate of candidates) {
    const found = squeeze(candidate() ?? "");
    if (found) return found;
  }
  return "";
}

const isExposed = (element) => !element.closest("[aria-hidden=true], [inert]")
  && element.checkVisibility({ visibilityProperty: true });

// Only what can have the role: to ask every element of the page takes a hundred times as long.
const withRole = (roots, wanted) => {
  const native = IMPLICIT.filter(([, role]) => role === wanted).map(([selector]) => selector);
  const selector = [...native, `[role~="${wanted}"]`].join(", ");
  return roots
    .flatMap((root) => [...root.querySelectorAll(selector)])
    .filter((element) => role(element) === wanted && isExposed(element));
};

let found = [document];
let others = [];
for (const [wanted, called] of arguments[0]) {
  const candidates = withRole(found, wanted);
  found = candidates.filter((element) => called === null || name(element) === squeeze(called));
  others = candidates.map(name);
}
return { found, others };
