// A change in the chapter.

import { dispatch } from "../session.js";

export const change = (what) => dispatch({ do: "structure", change: what });
