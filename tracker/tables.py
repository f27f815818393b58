"""Every module that has tables: importing this one makes each table known, to migrations and before the first query."""

import tracker.audit.model
import tracker.cases.model
import tracker.checkins.model
import tracker.keeping.model
import tracker.observations.model
import tracker.people.model
import tracker.returns.model
import tracker.summaries.model
import tracker.trials.model  # noqa: F401  # none is named here: to be imported is all
