// Everything here only makes smoother what works without it. The build adds behaviours.js, in a task of its own: a tap need not wait for both.
import "htmx.org";
import "./trusted.js"; // before anything is parsed
import "./exit.js"; // at once: nobody waits for a way out

document.documentElement.classList.add("js");
