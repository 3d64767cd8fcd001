// What does not fit: sideways scrolling, clipped text, overlaps, targets too small to touch.
const TARGET = 24;
const CONTROLS = "button, a[href], select, textarea, summary, input, [role=button]";
const faults = [];
const style = (element) => getComputedStyle(element);
const says = (element) => {
  const words = element.getAttribute("aria-label") ?? element.textContent;
  return `${element.localName} “${words.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
};
const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
  && !element.closest(".unseen");
const elements = [...document.body.querySelectorAll("*")].filter(visible);

const scrolls = (element) => {
  for (let box = element.parentElement; box; box = box.parentElement) {
    if (style(box).overflowX !== "visible") return true;
  }
  return false;
};

const root = document.scrollingElement;
if (root.scrollWidth > root.clientWidth) {
  const wide = elements.filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1
    && !scrolls(one));
  faults.push(`${root.scrollWidth} wide in ${root.clientWidth}: ${wide.slice(0, 3).map(says)}`);
}

const CLIPS = /hidden|clip/;
for (const element of elements) {
  const { overflowX, overflowY, textOverflow } = style(element);
  const text = element.textContent.trim();
  if (!text || element.closest("math, svg")) continue;
  const sideways = element.scrollWidth > element.clientWidth + 1;
  const down = element.scrollHeight > element.clientHeight + 1;
  if (element.clientWidth && sideways && (CLIPS.test(overflowX) || element.matches("button, td"))) {
    faults.push(`clipped sideways: ${says(element)}`);
  }
  if (element.clientWidth && down && CLIPS.test(overflowY)) {
    faults.push(`clipped below: ${says(element)}, ${element.scrollHeight} in ${element.clientHeight}`);
  }
}

// The part of `rect` that the boxes around `element` let through.
function shown(element, rect) {
  let { left, top, right, bottom } = rect;
  for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
    if (style(box).overflowX === "visible") continue;
    const edge = box.getBoundingClientRect();
    [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
    [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
  }
  return { left, top, right, bottom };
}

const fixed = (element) => {
  for (let box = element; box; box = box.parentElement) if (style(box).position === "fixed") return box;
  return null;
};

const boxes = [];
const add = (element, rect, inset) => {
  const { left, top, right, bottom } = shown(element, rect);
  const box = { element, left, right, top: top + inset, bottom: bottom - inset, layer: fixed(element) };
  if (box.right - box.left > 1 && box.bottom - box.top > 1) boxes.push(box);
};
// A line's box is taller than its letters, and a slider's than its thumb.
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const element = texts.currentNode.parentElement;
  if (!texts.currentNode.data.trim() || !visible(element) || element.closest("math, svg, option")) continue;
  const range = document.createRange();
  range.selectNode(texts.currentNode);
  for (const rect of range.getClientRects()) add(element, rect, 0.22 * rect.height);
}
for (const element of elements.filter((one) => one.matches("svg text"))) {
  const rect = element.getBoundingClientRect();
  const drawing = element.ownerSVGElement;
  const edge = drawing.getBoundingClientRect();
  const beyond = Math.max(edge.left - rect.left, rect.right - edge.right, edge.top - rect.top, rect.bottom - edge.bottom);
  if (beyond > 1 && CLIPS.test(style(drawing).overflowX)) faults.push(`cut: ${says(element)}, ${beyond.toFixed(1)}`);
  add(element, rect, 0.22 * rect.height);
}
for (const element of elements.filter((one) => one.matches(CONTROLS))) {
  const rect = element.getBoundingClientRect();
  add(element, rect, element.type === "range" ? Math.max(0, (rect.height - 20) / 2) : 0);
  const target = element.closest("label") ?? element;
  const { width, height } = target.getBoundingClientRect();
  if (Math.min(width, height) < TARGET - 0.5) {
    faults.push(`small: ${says(element)} ${width.toFixed(1)} × ${height.toFixed(1)}`);
  }
}
boxes.sort((a, b) => a.top - b.top);
boxes.forEach((a, n) => {
  for (let m = n + 1; m < boxes.length && boxes[m].top < a.bottom - 1; m += 1) {
    const b = boxes[m];
    if (a.layer !== b.layer || a.element.contains(b.element) || b.element.contains(a.element)) continue;
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - b.top;
    if (wide > 1 && high > 1) {
      faults.push(`overlap: ${says(a.element)} and ${says(b.element)}, ${wide.toFixed(1)} × ${high.toFixed(1)}`);
    }
  }
});
return [...new Set(faults)];
