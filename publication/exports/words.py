"""Parts of a text in a few words of Vietnamese, for places that hold no structure."""

from catalog.content import Paper, PaperCase, StepCase
from catalog.enums import GovernmentLevel
from publication.announced_text import AnnouncedText
from publication.exports.concepts import names_of


def description_of(text: AnnouncedText) -> str:
    """What is known of a procedure whose text has no summary, in one sentence."""
    levels = [names_of(GovernmentLevel(level))["vi"].lower() for level in text.levels]
    where = f", thực hiện ở {', '.join(levels)}" if levels else ""
    return f"Thủ tục hành chính {text.code}, lĩnh vực {text.field.name}{where}."


def paper_name(paper: Paper) -> str:
    """What a paper is called: a source may give its form alone."""
    return paper.name or ", ".join(form.name for form in paper.forms) or "Giấy tờ không ghi tên"


def paper_in_words(case: PaperCase, paper: Paper) -> str:
    forms = ", ".join(form.name for form in paper.forms)
    parts = [
        f"Trường hợp: {case.case}" if case.case else "",
        f"Bản chính: {paper.originals}" if paper.originals is not None else "",
        f"Bản sao: {paper.copies}" if paper.copies is not None else "",
        f"Mẫu đơn, tờ khai: {forms}" if forms else "",
    ]
    return ". ".join(filter(None, parts))


def steps_in_words(case: StepCase) -> str:
    """The steps of a case, numbered where there are several."""
    told = [": ".join(filter(None, [step.title, step.text])) for step in case.steps]
    return (
        told[0] if len(told) == 1 else "\n".join(f"Bước {n}. {it}" for n, it in enumerate(told, 1))
    )
