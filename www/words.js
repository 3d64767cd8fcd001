// The words of one language, and sentences made of them.

import { chip } from "./number.js";

export const LANGUAGES = { en: "English", zh: "中文" };

let language = "en";
let words = {};

// ?lang= decides, else the first of the browser's languages that we speak.
export function preferredLanguage() {
  const asked = new URLSearchParams(location.search).get("lang");
  const wishes = [asked, ...navigator.languages].filter(Boolean);
  return wishes.map((wish) => wish.slice(0, 2).toLowerCase()).find((wish) => Object.hasOwn(LANGUAGES, wish)) ?? "en";
}

// `signal` may end the waiting. When they don't arrive, the words of before stay.
export async function loadWords(wanted, signal) {
  const response = await fetch(new URL(`words/${wanted}.json`, import.meta.url), { signal });
  if (!response.ok) throw new Error(`words/${wanted}.json: ${response.status}`);
  words = await response.json();
  language = wanted;
  document.documentElement.lang = wanted === "zh" ? "zh-CN" : wanted;
}

export const currentLanguage = () => language;

export const has = (key) => Object.hasOwn(words, key);

// Splits "{a} is {b}" at its gaps: odd entries are names. A missing key shows itself.
const pieces = (key) => (has(key) ? words[key] : key).split(/\{(\w+)\}/);

// A sentence as plain text: for names, titles and live regions.
export function text(key, args = {}) {
  return pieces(key)
    .map((piece, n) => (n % 2 ? plain(args[piece], piece) : piece))
    .join("");
}

// The same for a sentence that came from the core.
export const plainSay = (say) => text(say.key, say.args);

function plain(arg, name) {
  if (arg == null) return `{${name}}`;
  if (typeof arg !== "object") return String(arg);
  if ("text" in arg) return arg.text;
  if ("num" in arg) return arg.num.text;
  if ("say" in arg) return plainSay(arg.say);
  return arg.list.map((num) => num.text).join(text("ui.list_separator"));
}

// A sentence from the core as nodes, its numbers as chips.
export function say({ key, args }) {
  const fragment = document.createDocumentFragment();
  pieces(key).forEach((piece, n) => fragment.append(n % 2 ? rich(args[piece], piece) : piece));
  return fragment;
}

function rich(arg, name) {
  if (arg == null || typeof arg !== "object" || "text" in arg) return plain(arg, name);
  if ("num" in arg) return chip(arg.num);
  if ("say" in arg) return say(arg.say);
  const fragment = document.createDocumentFragment();
  arg.list.forEach((num, n) => fragment.append(n ? text("ui.list_separator") : "", chip(num)));
  return fragment;
}
