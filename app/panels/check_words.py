"""What a check found, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.panels.check_presenter import Stage
from app.sentences import sentence
from workspaces.core.reasons import Reason
from workspaces.services.views import Finding

translate = QCoreApplication.translate


def stage_words(stage: Stage, findings: list[Finding], failure: Reason | None) -> str:
    """How far the check is, or how it went."""
    match stage:
        case Stage.CHECKING:
            return translate("Check", "Checking the workspace…")
        case Stage.REPAIRING:
            return translate("Check", "Repairing the workspace…")
        case Stage.CHECKED:
            return _checked(findings)
        case Stage.REPAIRED:
            return _repaired(findings)
        case Stage.CANCELLED:
            return translate("Check", "Cancelled; what was repaired so far stays repaired.")
        case Stage.FAILED:
            return sentence(failure) if failure else ""
        case Stage.IDLE:
            return ""


def finding_lines(findings: list[Finding]) -> list[str]:
    """A line for each finding."""
    repaired = translate("Check", "Repaired: {finding}")
    lines = []
    for finding in findings:
        words = sentence(finding.reason)
        lines.append(repaired.format(finding=words) if finding.repaired else words)
    return lines


def _checked(findings: list[Finding]) -> str:
    if not findings:
        return translate("Check", "Everything is in order.")
    count = len(findings)
    return translate("Check", "%n thing(s) found that should be repaired.", "", count)


def _repaired(findings: list[Finding]) -> str:
    left = sum(not finding.repaired for finding in findings)
    if left:
        return translate("Check", "%n thing(s) could not be repaired.", "", left)
    if not findings:
        return translate("Check", "There was nothing to repair.")
    return translate("Check", "Everything was repaired.")
