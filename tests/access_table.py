"""Who may use which route. Roles are towards the parenting trial of the cast; whoever is not named gets nothing.

A route with a secret in its address is open to everybody here and answers for that secret alone, as its own tests show.
"""

from __future__ import annotations

EVERYBODY = {
    "anonymous", "party", "other_party", "party_of_another_case", "mediator", "mediator_of_another_case",
    "other_programme", "administrator", "guest",
}  # fmt: skip  # read in rows, as it is laid out
SIGNED_IN = EVERYBODY - {"anonymous"}
PARTIES = {"party", "other_party"}
THE_MEDIATOR = {"mediator"}
MEDIATORS = {"mediator", "mediator_of_another_case", "other_programme"}
ADMINISTRATOR = {"administrator"}
GUEST = {"guest"}

_AUDIENCES: tuple[tuple[set[str], str], ...] = (
    (
        EVERYBODY,
        """
        assets.static device.leave device.calendar_feed device.manifest device.worker device.offline
        front.check_in front.note_check_in front.mute_page front.mute_now
        front.home front.healthz front.demo front.enter_demo front.signed_out front.sign_out
        front.ask_passkey front.enter_with_passkey front.recovery_page front.enter_with_recovery_code
        front.sign_in_page front.ask_for_code front.code_page front.enter_code front.link_page front.use_link
        front.address_page front.confirm_address
        front.enter_code_page front.enter_invitation front.invitation front.phone_page front.answer_phone
        front.plan_page front.accept_plan front.ask_for_change
        """,
    ),
    (
        SIGNED_IN,
        """
        device.device_key device.outbox device.log_today device.noise_now
        device.subscribe device.unsubscribe front.reminder front.places
        front.language_page front.choose_language
        front.devices front.end_device front.end_all_devices
        front.second_step_page front.take_second_step front.step_with_passkey
        front.add_address front.add_passkey front.remove_passkey front.new_recovery_codes
        front.keep_recovery_codes
        front.authenticator_page front.confirm_authenticator front.remove_authenticator
        """,
    ),
    (
        PARTIES,
        """
        front.welcome_reminders front.choose_reminders front.welcome_return
        party.kit party.outbox_page party.today party.observe party.day_page party.entry_form party.moment_form
        party.noise_form party.start_noise party.noise_end_form party.stop_noise party.discard_noise
        party.calendar party.propose_change party.answer_change
        party.plan_page party.accept party.ask_for_change party.prepare party.released_summary
        party.topic party.save_topic party.answer_option party.mark_referral party.allow_guest party.session_file
        party.more party.reminders party.save_reminders party.remind_me_now
        party.renew_feed party.word_feed party.end_feed party.confidentiality party.safety party.tell_mediator
        party.released_day party.preparation_pdf party.summary_pdf party.account_pdf
        party.my_data party.take_along party.take_preparation party.delete_page party.delete_data
        party.consents party.agree_to_consent party.withdraw_consent party.contact_page party.save_contact
        party.memorandum_page party.answer_memorandum party.memorandum_pdf
        party.pause_page party.pause party.leave_page party.leave
        """,
    ),
    (
        MEDIATORS,
        """
        mediator.index mediator.return_sessions
        mediator.new mediator.begin mediator.step mediator.keep mediator.throw_away
        """,
    ),
    (
        THE_MEDIATOR,
        """
        mediator.trial mediator.summary mediator.preview mediator.release_now mediator.comparison
        mediator.summary_day mediator.summary_pdf mediator.documents mediator.agenda_pdf
        mediator.attendance_pdf mediator.parties mediator.let_in_again
        mediator.withdraw mediator.renew
        mediator.return_session mediator.propose_guest mediator.end_guest mediator.hold_option mediator.move_option
        mediator.refer mediator.change_referral
        mediator.caucus_notes mediator.add_caucus_note mediator.remove_caucus_note
        mediator.pause mediator.resume mediator.extend mediator.end mediator.plan_session mediator.seen
        mediator.agenda_page mediator.write_agenda mediator.start_next mediator.note_outcome
        mediator.memorandum_page mediator.write_memorandum mediator.memorandum_pdf
        mediator.hand_case_over mediator.plan mediator.revise mediator.close_case mediator.reopen_case
        """,
    ),
    (
        ADMINISTRATOR,
        """
        programme.plans programme.copy_plan programme.add_plan programme.plan_page programme.change_plan
        programme.remove_plan programme.hand_cases_over programme.settings
        programme.save_settings programme.reset_second_step
        programme.people programme.invite programme.end programme.trail
        programme.keeping programme.set_keeping programme.place_hold programme.lift_hold
        """,
    ),
    (GUEST, "guest.shared guest.shared_day guest.summary_pdf"),
)

TABLE: dict[str, set[str]] = {endpoint: roles for roles, names in _AUDIENCES for endpoint in names.split()}

_PAGES_OF = {
    "kit": "party.kit",
    "figures": "mediator.summary_pdf mediator.agenda_pdf",
    "day": "mediator.summary_day",
    "release": "party.summary_pdf party.released_day guest.summary_pdf guest.shared_day",
    "meeting": "party.session_file",
    "memorandum": "party.memorandum_page party.memorandum_pdf mediator.memorandum_pdf",
    "another plan": "party.noise_form party.moment_form",
    "another trial": "mediator.comparison",
    "entry": "party.entry_form",
}
# Pages of a trial that are there only with what they show; the others always are.
PAGES_OF: dict[str, set[str]] = {what: set(names.split()) for what, names in _PAGES_OF.items()}
