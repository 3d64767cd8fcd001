// A change in the chapter: the core takes or refuses it.

import { dispatch } from "../session.js";

export const change = (what) => dispatch({ do: "neuron", change: what });
