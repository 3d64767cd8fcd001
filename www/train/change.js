// A change in the chapter: first the page's own state takes or refuses it.

import { dispatch } from "../session.js";

export const change = (what) => dispatch({ do: "train", change: what });
