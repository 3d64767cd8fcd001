// Light or dark: the system's choice until the learner makes one.

const KEY = "gradstep-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

// In a sandboxed frame every access to localStorage throws.
function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function store(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The choice then lasts as long as the page.
  }
}

let chosen = stored();

function apply() {
  document.documentElement.dataset.theme = chosen === "dark" || chosen === "light" ? chosen : dark.matches ? "dark" : "light";
}

export function followTheme(onChange) {
  apply();
  dark.addEventListener("change", () => {
    apply();
    onChange();
  });
}

export const isDark = () => document.documentElement.dataset.theme === "dark";

export function toggleTheme() {
  chosen = isDark() ? "light" : "dark";
  store(chosen);
  apply();
}

// Colours of style.css for the painters: { their name: the custom property's name }.
export function colours(roles) {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(Object.entries(roles).map(([role, name]) => [role, style.getPropertyValue(`--${name}`).trim()]));
}
