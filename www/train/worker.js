// The engine in a worker.

import { serve } from "../worker.js";
import { engine } from "./engine.js";

serve(engine);
