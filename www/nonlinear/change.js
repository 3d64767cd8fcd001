// A change in one part of the chapter: the core takes or refuses it.

import { dispatch } from "../session.js";

const part = (name) => (what) => dispatch({ do: "nonlinear", change: { [name]: what } });

export const changeStack = part("stack");
export const changePlane = part("plane");
export const changeFit = part("fit");
