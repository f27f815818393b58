// Everything in here only makes smoother what works without it. The build adds exchange.js and then behaviours.js, each in a task of
// its own, so that neither the first picture nor a tap need wait for them all.
import "./exit.js"; // at once: nobody waits for a way out

document.documentElement.classList.add("js");
