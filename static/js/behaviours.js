// One behaviour a file; each listens on the document, so what htmx swaps in needs no setting up.
import "./field-state.js"; // before all that fills or counts fields after a swap
import "./announce.js";
import "./copy.js";
import "./device.js";
import "./drafts.js";
import "./elapsed.js";
import "./note-counter.js";
import "./outbox.js";
import "./push.js";
import "./swap.js";
import "./time-zone.js";
import "./wording.js";
import "./busy.js"; // last: a form that another one of these keeps back was not sent
