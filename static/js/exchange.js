// Exchanges parts of a page instead of the whole.
import "htmx.org";
import "./trusted.js"; // before anything is parsed
