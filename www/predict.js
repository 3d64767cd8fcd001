// Predict first: the question before a number is computed, and what is said of the answer.

import { el, fill, setAttributes } from "./dom.js";
import { button, newId } from "./fields.js";
import { numberBox, numberIn, stepped } from "./numberfield.js";
import { dispatch } from "./session.js";
import { say, text } from "./words.js";

const WAYS = ["up", "down", "stays"];
const answer = (given) => dispatch({ do: "answer", answer: given });

// The switch, for the controls.
export function predictSwitch() {
  const box = el("input", { type: "checkbox", onchange: () => dispatch({ do: "predict", on: box.checked }) });
  const id = newId("everywhere");
  setAttributes(box, { "aria-describedby": id });
  const node = el("span.field", {}, el("label.check", {}, box, text("predict.switch")), el("small", { id }, text("predict.everywhere")));
  const update = ({ predict }) => (box.checked = predict.on);
  return { node, update };
}

// In the card: the question while one is open, then what is said of the answer.
export function prediction() {
  const node = el("div.prediction", { hidden: true });
  function update({ predict: { question, told } }) {
    node.hidden = !question && !told.length;
    const asked = fill(node, [question, told], () => (question ? open(question) : told.map((sentence) => el("p", {}, say(sentence)))));
    // On a phone the card may be out of sight.
    if (asked && question) node.querySelector("input, button").focus();
  }
  return { node, update };
}

function open(question) {
  const id = newId("question");
  const leave = () => dispatch({ do: "show_me" });
  const skip = button(text("predict.show_me"), leave);
  const controls = question.value ? valued(id) : WAYS.map((way) => button(text(`predict.way.${way}`), () => answer({ way })));
  return [el("p.question", { id }, say(question.ask)), el("div.group", { role: "group", "aria-labelledby": id, onkeydown: (event) => event.key === "Escape" && leave() }, controls, skip)];
}

function valued(id) {
  const input = numberBox({ step: 1, "aria-labelledby": id, onenter: take, onstep: move });
  const given = () => numberIn(input, text("predict.answer"));
  function take() {
    const value = given();
    if (value !== undefined) answer({ value });
  }
  function move(steps) {
    const from = input.value === "" ? 0 : given();
    if (from !== undefined) input.value = stepped(from, steps);
  }
  return [input, button(text("predict.answer"), take)];
}
