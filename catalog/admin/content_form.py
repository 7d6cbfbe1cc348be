"""The content document as an officer fills it in.

The form is flatter than the document: a time limit is a number and a unit beside each other, and
what is left empty means "not stated". `to_form` and `from_form` go there and back without loss.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from catalog.content import Channel, Content, FeeKind, FeeState, Part, Presence, TimeUnit
from catalog.importers.fees import Currency, amount

_TIMES = ("statutory", "local")

_PRESENCE = {
    Presence.UNKNOWN: "Chưa rõ",
    Presence.HAS: "Có",
    Presence.DECLARED_NONE: "Không có",
}
_CHANNELS = {
    Channel.DIRECT: "Trực tiếp",
    Channel.ONLINE: "Trực tuyến",
    Channel.POSTAL: "Bưu chính công ích",
}
_UNITS = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.DAY: "ngày",
    TimeUnit.HOUR: "giờ",
    TimeUnit.MONTH: "tháng",
    TimeUnit.YEAR: "năm",
}
_FEE_KINDS = {
    FeeKind.UNSPECIFIED: "Không phân biệt",
    FeeKind.FEE: "Phí",
    FeeKind.CHARGE: "Lệ phí",
}
_FEE_STATES = {
    FeeState.UNKNOWN: "Chưa rõ",
    FeeState.FREE: "Không thu",
    FeeState.NOT_REGULATED: "Chưa quy định",
    FeeState.AMOUNT: "Có mức thu",
    FeeState.FORMULA: "Theo công thức",
}
_PARTS = {
    Part.STEPS: "Trình tự thực hiện",
    Part.FILING_METHODS: "Cách thức thực hiện",
    Part.PROCESSING_TIME: "Thời hạn giải quyết",
    Part.FEES: "Phí, lệ phí",
    Part.PAPERS: "Thành phần hồ sơ",
    Part.FORMS: "Mẫu đơn, tờ khai",
    Part.RESULTS: "Kết quả",
    Part.CONDITIONS: "Yêu cầu, điều kiện",
    Part.LEGAL_BASES: "Căn cứ pháp lý",
}


def to_form(content: Content) -> dict[str, Any]:
    """The document as form data. Shape: `form_schema()`."""
    data = content.to_json()
    data.pop("schema_version")
    for method in data["filing_methods"]:
        for option in method["options"]:
            for name in _TIMES:
                limit = option.pop(name)
                option[f"{name}_amount"] = limit["amount"] if limit else ""
                option[f"{name}_unit"] = limit["unit"] if limit else TimeUnit.WORKING_DAY.value
            for fee in option["fees"]:
                fee["amount"] = fee["amount"] or ""
    data["as_written"] = [
        {"part": part, "text": text} for part, text in sorted(data["as_written"].items())
    ]
    return data


def from_form(form: dict[str, Any]) -> dict[str, Any]:
    """The document's JSON from form data; numbers may carry Vietnamese commas and spaces.

    Checks nothing but amounts of money, of which some can be read in two ways: the content document
    does, and names the place. Raises ValidationError.
    """
    data: dict[str, Any] = dict(form)
    data["filing_methods"] = [
        {**method, "options": [_option(option) for option in method.get("options") or []]}
        for method in form.get("filing_methods") or []
    ]
    data["as_written"] = {
        row["part"]: row.get("text") or "" for row in form.get("as_written") or []
    }
    document: dict[str, Any] = _without_nulls(data)
    return document


def _option(form: dict[str, Any]) -> dict[str, Any]:
    option = dict(form)
    for name in _TIMES:
        length = _number(option.pop(f"{name}_amount", ""))
        unit = option.pop(f"{name}_unit", None)
        option[name] = {"amount": length, "unit": unit} if length else None
    option["fees"] = [
        {**fee, "amount": _money(fee.get("amount"), fee.get("currency") or "VND")}
        for fee in form.get("fees") or []
    ]
    return option


def _money(text: Any, currency: Currency) -> str | None:
    """ "50.000", "50,000" and "50 000" are fifty thousand; "1,5" only in a currency with cents.

    Raises ValidationError.
    """
    typed = "".join(str(text or "").split())
    if not typed:
        return None
    found = amount(typed, currency)
    if found is None:
        raise ValidationError(
            _("Khoản thu: số tiền “%(typed)s” không rõ; ghi như 50.000 hoặc 50000, chỉ có chữ số.")
            % {"typed": str(text)[:60]}
        )
    return str(found)


def _number(text: Any) -> str:
    """ "16,5" gives "16.5"; spaces between digits go."""
    return str(text or "").replace(" ", "").replace(",", ".")


def _without_nulls(value: Any) -> Any:
    """Emptied text boxes send null where the document wants its default."""
    if isinstance(value, dict):
        return {key: _without_nulls(part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_without_nulls(part) for part in value]
    return value


def form_schema() -> dict[str, Any]:
    """The form's schema in the JSON form library's words."""
    return _object(
        "Nội dung",
        summary=_prose("Tóm tắt cho người dân"),
        keywords=_list("Từ khóa", _line("Từ khóa")),
        filing_methods=_list("Cách thức, thời hạn, phí", _filing_method()),
        reception_address=_prose("Địa chỉ tiếp nhận"),
        paper_cases=_list("Thành phần hồ sơ theo trường hợp", _paper_case()),
        dossier_sets=_count("Số bộ hồ sơ"),
        forms=_choice("Mẫu đơn, tờ khai", _PRESENCE),
        steps=_list("Trình tự theo trường hợp", _step_case()),
        results=_object(
            "Kết quả",
            presence=_choice("Có kết quả?", _PRESENCE),
            items=_list(
                "Các kết quả", _object("Kết quả", name=_prose("Tên"), code=_line("Mã kết quả"))
            ),
        ),
        conditions=_object(
            "Yêu cầu, điều kiện",
            presence=_choice("Có yêu cầu, điều kiện?", _PRESENCE),
            text=_prose("Nội dung"),
        ),
        legal_bases=_list(
            "Căn cứ pháp lý",
            _object(
                "Văn bản",
                number=_line("Số ký hiệu"),
                title=_line("Tên văn bản"),
                issued_on=_line("Ngày ban hành (năm-tháng-ngày)"),
                issuer=_line("Cơ quan ban hành"),
            ),
        ),
        as_written=_list(
            "Nguyên văn của nguồn (hiện thay cho phần chưa tách được)",
            _object("Phần", part=_choice("Phần", _PARTS), text=_prose("Nguyên văn")),
        ),
    )


def _filing_method() -> dict[str, Any]:
    fee = _object(
        "Khoản thu",
        kind=_choice("Loại", _FEE_KINDS),
        state=_choice("Mức thu", _FEE_STATES),
        amount=_line("Số tiền"),
        currency=_choice("Tiền tệ", {"VND": "đồng", "USD": "USD", "EUR": "EUR"}),
        note=_prose("Ghi chú hoặc công thức"),
        basis=_line("Văn bản quy định mức thu"),
        valid_from=_line("Áp dụng từ (năm-tháng-ngày)"),
        valid_to=_line("Đến hết (năm-tháng-ngày)"),
    )
    option = _object(
        "Thời hạn",
        label=_line("Trường hợp"),
        statutory_amount=_line("Thời hạn theo luật: số"),
        statutory_unit=_choice("Đơn vị", _UNITS),
        local_amount=_line("Thời hạn tỉnh cam kết: số"),
        local_unit=_choice("Đơn vị", _UNITS),
        fees=_list("Phí, lệ phí", fee),
        note=_prose("Ghi như quyết định"),
    )
    return _object(
        "Kênh nộp", channel=_choice("Kênh", _CHANNELS), options=_list("Thời hạn và phí", option)
    )


def _paper_case() -> dict[str, Any]:
    form = _object(
        "Mẫu",
        name=_line("Tên tệp hoặc mẫu"),
        url=_line("Địa chỉ tải"),
        sha256=_line("Mã băm SHA-256"),
    )
    paper = _object(
        "Giấy tờ",
        name=_prose("Tên giấy tờ"),
        forms=_list("Mẫu đơn kèm theo", form),
        originals=_count("Bản chính"),
        copies=_count("Bản sao"),
    )
    return _object("Trường hợp", case=_prose("Trường hợp"), papers=_list("Giấy tờ", paper))


def _step_case() -> dict[str, Any]:
    step = _object("Bước", title=_line("Tên bước"), text=_prose("Nội dung"))
    return _object("Trường hợp", case=_line("Trường hợp"), steps=_list("Các bước", step))


def _object(heading: str, /, **keys: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "title": heading, "keys": keys}


def _list(title: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "title": title, "items": items}


def _line(title: str) -> dict[str, Any]:
    return {"type": "string", "title": title}


def _prose(title: str) -> dict[str, Any]:
    return {"type": "string", "title": title, "widget": "textarea"}


def _count(title: str) -> dict[str, Any]:
    return {"type": "integer", "title": title, "minimum": 0, "maximum": 99}


def _choice(title: str, words: dict[Any, str]) -> dict[str, Any]:
    choices = [{"title": label, "value": str(word)} for word, label in words.items()]
    return {
        "type": "string",
        "title": title,
        "choices": choices,
        "default": choices[0]["value"],
    }
