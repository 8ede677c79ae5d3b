"""What is said of a skill: what was seen, or why not."""

from __future__ import annotations

from homebody.assistant.plan import Skill
from homebody.home.device import Home
from homebody.home.label import Language
from homebody.robot.skills.outcome import SkillOutcome
from homebody.robot.skills.table import SKILLS


def do(step: Skill, home: Home | None, language: Language) -> str:
    """The skill as a verb phrase."""
    skill = SKILLS.get(step.name)
    name = skill.name.text(language) if skill else step.words or step.name
    place = str(step.arguments.get("area") or step.arguments.get("areas") or "")
    if not place:
        return name
    names = _places(place, home, language)
    return f"{name}{names}" if language == "zh" else f"{name} {'the ' if home else ''}{names}"


def said(step: Skill, outcome: SkillOutcome, home: Home, language: Language) -> str:
    what, seen = do(step, home, language), outcome.evidence
    reason = outcome.reason.text(language) if outcome.reason else ""
    chinese = language == "zh"
    match outcome.status:
        case "done" if step.name == "battery":
            wrong = f"，{seen['faults']}" if chinese and "faults" in seen else ""
            wrong = f"; {seen['faults']}" if not chinese and "faults" in seen else wrong
            left = seen["battery"]
            return (f"电量还有{left}%" if chinese else f"its battery has {left} % left") + wrong
        case "done" if step.name == "where":
            place = _places(str(seen.get("area", "")), home, language)
            if not place:
                return "不在任何画出来的房间里" if chinese else "it is in no room that is drawn"
            return f"在{place}" if chinese else f"it is in the {place}"
        case "done":
            return (f"机器狗{what}了" if chinese else f"the dog did it: {what}") + _report(
                outcome, home, language
            )
        case "cancelled":
            return f"{what}：停下了" if chinese else f"{what}: it was stopped"
        case _:
            return f"没有{what}：{reason}" if chinese else f"the dog did not {what}: {reason}"


def _report(outcome: SkillOutcome, home: Home, language: Language) -> str:
    """What a patrol or a look around found."""
    seen, parts = outcome.evidence, []
    chinese = language == "zh"
    if missed := str(seen.get("missed", "")):
        names = _places(missed, home, language)
        parts.append(f"{names}没去成" if chinese else f"it could not get to the {names}")
    if strange := seen.get("strange"):
        parts.append(
            f"有{strange}处东西是户型图上没有的" if chinese
            else f"{strange} things stand where the plan has none"
        )  # fmt: skip
    return "".join(("，" if chinese else "; ") + part for part in parts)


def _places(ids: str, home: Home | None, language: Language) -> str:
    areas = [home.area(one) if home else None for one in ids.split(",")] if ids else []
    names = [a.name.text(language) if a else one for a, one in zip(areas, ids.split(","), strict=False)]
    return ("、" if language == "zh" else ", the ").join(names)
