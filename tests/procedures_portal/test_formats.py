"""Days typed and shown in staff forms are written day first, in either language."""

from datetime import date

import pytest
from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils import translation
from django.utils.formats import date_format


class OneDay(forms.Form):
    day = forms.DateField(widget=AdminDateWidget)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("typed", ["03/10/2024", "3/10/2024", "03-10-2024", "2024-10-03"])
def test_the_third_of_october_is_not_the_tenth_of_march(language, typed):
    with translation.override(language):
        form = OneDay({"day": typed})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["day"] == date(2024, 10, 3)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_shown_as_it_would_be_typed(language):
    with translation.override(language):
        assert date_format(date(2024, 10, 3)) == "03/10/2024"
        assert 'value="03/10/2024"' in str(OneDay(initial={"day": date(2024, 10, 3)})["day"])
