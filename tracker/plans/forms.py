"""What is asked, and what may be answered: the one place to import forms from."""

from tracker.plans.answers import as_planned, check_answers
from tracker.plans.template import Choice, Form, Question, Role, Template

__all__ = ["Choice", "Form", "Question", "Role", "Template", "as_planned", "check_answers"]
