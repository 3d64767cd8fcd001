// What a finger's tap on the middle of an element gives, for a driver that has no finger.
const [element] = arguments;
const { left, top, width, height } = element.getBoundingClientRect();
const at = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true, cancelable: true, composed: true };
const target = document.elementFromPoint(at.clientX, at.clientY);
if (!element.contains(target) && target?.closest("label")?.control !== element) {
  throw new Error(`${target?.outerHTML.slice(0, 80)} lies over it`);
}
const finger = { ...at, pointerType: "touch", pointerId: 1, isPrimary: true };
for (const type of ["pointerdown", "pointerup"]) target.dispatchEvent(new PointerEvent(type, finger));
element.focus();
target.dispatchEvent(new MouseEvent("click", { ...at, detail: 1 }));
