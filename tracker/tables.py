"""Every table, in the order in which they depend on each other; for migrations and for what needs all of them."""

from tracker.audit.model import AuditEntry
from tracker.cases.model import CalendarFeed, Case, Consent, ContactWish, Guest, GuestConsent, Invitation, Party
from tracker.checkins.model import Beat, CheckIn
from tracker.keeping.model import LegalHold, Purge, PurgeNotice
from tracker.observations.model import AccountDeletion, Observation, RunningNoise
from tracker.people.model import (
    Attempt,
    Authenticator,
    Challenge,
    Device,
    Membership,
    Passkey,
    Person,
    Programme,
    ProgrammeText,
    PushSubscription,
    RecoveryCode,
    SignInCode,
)
from tracker.returns.model import (
    Agenda,
    Arrival,
    CaucusNote,
    HeldOption,
    Memorandum,
    MemorandumAnswer,
    Preparation,
    Referral,
    ReturnSession,
    SessionGuest,
)
from tracker.summaries.model import Release
from tracker.trials.model import (
    Acceptance,
    Change,
    ChangeRequest,
    Ending,
    Outcome,
    Pause,
    PlanVersion,
    SafetyMessage,
    Trial,
    TrialDraft,
    Withdrawal,
)

GROUPS = {
    "people": (Programme, Person, Membership, Device, SignInCode),
    "cases": (Case, Party, Invitation, Guest, GuestConsent),
    "trials": (
        Trial,
        PlanVersion,
        Acceptance,
        ChangeRequest,
        Change,
        Pause,
        Ending,
        Withdrawal,
        SafetyMessage,
    ),
    "observations": (Observation, RunningNoise, AccountDeletion),
    "checkins": (CheckIn, Beat),
    "returns": (Release, ReturnSession),
    "drafts": (TrialDraft,),
    "audit": (AuditEntry,),
    "way back": (
        Preparation,
        HeldOption,
        Referral,
        CaucusNote,
        Arrival,
        SessionGuest,
        Memorandum,
        MemorandumAnswer,
        Agenda,
        Outcome,
    ),
    "channels": (PushSubscription, CalendarFeed),
    "keeping": (LegalHold, PurgeNotice, Purge),
    "proofs": (Passkey, Challenge, Authenticator, RecoveryCode, Attempt),
    "wishes": (ProgrammeText, Consent, ContactWish),
}
