"""Laws of the frame of all importers."""

import unicodedata
from datetime import date

import pytest

from catalog.content import Content, read_content
from catalog.enums import OnlineLevel, ProcedureKind
from catalog.importers import run
from catalog.importers.report import Outcome
from catalog.importers.run import import_file
from catalog.models import Agency, Field, NationalRecord, Procedure
from tests.catalog.importers.source_files import listed, package, scraped, tables, write_lines

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def counts(report):
    return [report.counts()[k] for k in ("read", "created", "updated", "unchanged", "refused")]


def test_a_second_run_of_the_same_file_says_all_unchanged(tmp_path):
    path = write_lines(tmp_path, [scraped(f"1.90000{n}") for n in range(3)], "a.jsonl.gz")
    assert counts(import_file(path, today=DAY)) == [3, 3, 0, 0, 0]
    before = list(Procedure.objects.values_list("code", "changed_at"))
    assert counts(import_file(path, today=DAY)) == [3, 0, 0, 3, 0]
    assert list(Procedure.objects.values_list("code", "changed_at")) == before
    assert NationalRecord.objects.count() == 3


def test_a_dry_run_reports_the_same_and_writes_nothing(tmp_path):
    path = write_lines(tmp_path, [scraped("1.900001"), scraped("sai mã")])
    dry = import_file(path, today=DAY, dry_run=True)
    assert (Procedure.objects.count(), Field.objects.count(), Agency.objects.count()) == (0, 0, 0)
    assert NationalRecord.objects.count() == 0
    wet = import_file(path, today=DAY)
    assert [row.to_json() for row in dry.rows] == [row.to_json() for row in wet.rows]
    assert dry.registered_agencies == wet.registered_agencies


def test_a_killed_run_goes_on_where_it_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "BATCH", 2)
    records = [scraped(f"1.90000{n}", linh_vuc=f"Lĩnh vực {n}") for n in range(6)]
    path = write_lines(tmp_path, records)

    def stop(done, _total):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(path, today=DAY, progress=stop)
    assert Procedure.objects.count() == 4
    assert counts(import_file(path, today=DAY)) == [6, 2, 0, 4, 0]
    assert Procedure.objects.count() == NationalRecord.objects.count() == 6


def test_every_kept_record_has_its_raw_text_and_one_history_row_with_the_reason(tmp_path):
    record = scraped(ten_thu_tuc=unicodedata.normalize("NFD", "Cấp thẻ thử nghiệm"))
    import_file(write_lines(tmp_path, [record], "tap.jsonl"), today=DAY)
    procedure = Procedure.objects.get()
    assert procedure.name == "Cấp thẻ thử nghiệm"
    kept = procedure.national_records.get()
    assert kept.raw == record
    assert (kept.taken_on, kept.latest, kept.decision_number) == (DAY, True, "12/QĐ-BTN")
    assert kept.recovery["steps"] == "recovered"
    assert "tap.jsonl" in procedure.history.get().history_change_reason


def test_one_bad_record_does_not_keep_the_others_out_and_says_row_field_and_mend(tmp_path):
    path = write_lines(
        tmp_path,
        [
            scraped("1.900001"),
            scraped("19.0001"),
            scraped("1.900003", ten_thu_tuc="Công bố Danh mục thủ tục hành chính thuộc Sở"),
            scraped("1.900004", linh_vuc=""),
            scraped("1.900005", ten_thu_tuc=["một", "danh sách"]),
            {"la": 1},
            scraped("1.900007"),
        ],
    )
    report = import_file(path, today=DAY)
    assert counts(report) == [7, 2, 0, 0, 5]
    refused = {row.number: row for row in report.rows if row.outcome is Outcome.REFUSED}
    assert set(refused) == {2, 3, 4, 5, 6}
    assert "Dòng 2" in refused[2].message
    assert "1.234567" in refused[2].message
    assert refused[4].field == "lĩnh vực"
    assert set(Procedure.objects.values_list("code", flat=True)) == {"1.900001", "1.900007"}


def test_a_refused_record_leaves_no_agency_behind(tmp_path):
    record = scraped(linh_vuc="", co_quan_thuc_hien="Sở Chỉ ở bản ghi bị từ chối")
    good = scraped("1.900002", co_quan_thuc_hien="Sở Chỉ ở bản ghi bị từ chối")
    report = import_file(write_lines(tmp_path, [record, good]), today=DAY)
    assert counts(report) == [2, 1, 0, 0, 1]
    assert [a["name"] for a in report.registered_agencies] == ["Sở Chỉ ở bản ghi bị từ chối"]
    assert Agency.objects.count() == 1


def test_a_field_of_five_megabytes_refuses_its_row_and_names_the_setting(tmp_path):
    path = write_lines(
        tmp_path, [scraped("1.900001", can_cu_phap_ly="x" * 5_000_000), scraped("1.900002")]
    )
    report = import_file(path, today=DAY)
    assert counts(report) == [2, 1, 0, 0, 1]
    assert report.rows[0].field == "can_cu_phap_ly"
    assert "PORTAL_IMPORT_MAX_FIELD_CHARS" in report.rows[0].message


def test_identical_duplicates_count_once_and_contradicting_ones_are_all_refused(tmp_path):
    path = write_lines(
        tmp_path,
        [
            scraped("1.900001"),
            scraped("1.900001"),
            scraped("1.900002", linh_vuc="A"),
            scraped("1900002", linh_vuc="B"),
        ],
    )
    report = import_file(path, today=DAY)
    assert counts(report) == [4, 1, 0, 1, 2]
    assert "dòng 1" in report.rows[1].remarks[0].message
    assert all("3, 4" in row.message for row in report.rows[2:])


def test_spellings_of_one_code_are_one_procedure(tmp_path):
    import_file(write_lines(tmp_path, [scraped("1.900001")]), today=DAY)
    path = write_lines(tmp_path, [scraped("1.900001.000.00.00.H23")], "b.jsonl")
    assert counts(import_file(path, today=DAY))[1] == 0
    assert Procedure.objects.get().code == "1.900001"


def test_nul_and_half_surrogates_never_reach_the_database(tmp_path):
    path = tmp_path / "a.jsonl"
    write_lines(tmp_path, [scraped(dia_chi_tiep_nhan="SỐ")], "a.jsonl")
    path.write_bytes(path.read_bytes().replace("SỐ".encode(), rb"s\u0000\ud800x"))
    assert counts(import_file(path, today=DAY)) == [1, 1, 0, 0, 0]
    assert Procedure.objects.get().document.reception_address == "s?x"


def test_a_name_only_list_followed_by_texts_renames_and_fills_but_erases_nothing(tmp_path):
    old = write_lines(tmp_path, [listed("1.900001"), listed("1.900002")], "list.jsonl")
    assert counts(import_file(old, today=DAY)) == [2, 2, 0, 0, 0]
    assert NationalRecord.objects.all()[0].taken_on == date(2025, 4, 29)  # 01:30 local time
    new = write_lines(tmp_path, [scraped("1.900001"), scraped("1.900003")], "new.jsonl")
    report = import_file(new, today=DAY, compare=True)
    assert counts(report) == [2, 1, 1, 0, 0]
    assert [row.code for row in report.renamed()] == ["1.900001"]
    assert report.comparison is not None
    assert report.comparison["new"] == ["1.900003"]
    assert [row["code"] for row in report.comparison["vanished"]] == ["1.900002"]
    assert [row["code"] for row in report.comparison["renamed"]] == ["1.900001"]
    assert Procedure.objects.get(code="1.900002").abolished_on is None
    text = Procedure.objects.get(code="1.900001").content
    third = import_file(old, today=DAY, taken_on=date(2026, 11, 23))
    assert counts(third)[3] == 2
    assert Procedure.objects.get(code="1.900001").content == text


def test_an_issuer_without_any_code_in_the_file_is_not_covered_rather_than_vanished(tmp_path):
    rows = [listed("1.900001"), listed("1.900002", co_quan_ban_hanh="Bộ Y tế")]
    import_file(write_lines(tmp_path, rows), today=DAY)
    report = import_file(
        write_lines(tmp_path, [scraped("1.900001")], "b.jsonl"), today=DAY, compare=True
    )
    assert report.comparison is not None
    assert report.comparison["vanished"] == []
    assert report.comparison["not_covered"] == {"Bộ Y tế": 1}


def test_a_record_older_than_the_newest_is_kept_but_changes_nothing(tmp_path):
    import_file(write_lines(tmp_path, [scraped(ten_thu_tuc="Tên mới")]), today=DAY)
    path = write_lines(tmp_path, [listed(ten="Tên cũ")], "old.jsonl")
    report = import_file(path, today=DAY)
    assert counts(report) == [1, 0, 0, 1, 0]
    assert "cũ hơn" in report.rows[0].remarks[0].message
    assert Procedure.objects.get().name == "Tên mới"
    assert NationalRecord.objects.count() == 2
    import_file(path, today=DAY)
    assert NationalRecord.objects.count() == 2


def test_a_comma_list_of_fields_is_cut_only_when_every_piece_is_known(tmp_path):
    path = write_lines(
        tmp_path,
        [
            scraped("1.900001", linh_vuc="Hộ tịch, Chứng thực"),
            scraped("1.900002", linh_vuc="Hộ tịch"),
            scraped("1.900003", linh_vuc="Chứng thực"),
            scraped("1.900004", linh_vuc="Cấp, quản lý căn cước"),
        ],
    )
    report = import_file(path, today=DAY)
    assert sorted(report.registered_fields) == ["Chứng thực", "Cấp, quản lý căn cước", "Hộ tịch"]
    procedure = Procedure.objects.get(code="1.900001")
    assert procedure.field.name == "Hộ tịch"
    assert [row.name for row in procedure.further_fields.all()] == ["Chứng thực"]


def test_names_that_make_the_same_slug_get_slugs_of_their_own(tmp_path):
    rows = [scraped("1.900001", linh_vuc="Thuế"), scraped("1.900002", linh_vuc="Thue")]
    import_file(write_lines(tmp_path, rows), today=DAY)
    assert sorted(Field.objects.values_list("slug", flat=True)) == ["thue", "thue-2"]


def test_an_announced_online_channel_means_partial_and_never_more(tmp_path):
    text = "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến5 Ngày làm việcMiễn phí(Không có)"
    rows = [scraped("1.900001", cach_thuc_thuc_hien=text), scraped("1.900002")]
    import_file(write_lines(tmp_path, rows), today=DAY)
    online, direct = Procedure.objects.order_by("code")
    assert (online.kind, online.online_level) == (
        ProcedureKind.ONLINE_ELIGIBLE,
        OnlineLevel.PARTIAL,
    )
    assert (direct.kind, direct.online_level) == (ProcedureKind.REGULAR, OnlineLevel.NONE)


def test_all_sources_are_told_apart_and_write_the_same_shape(tmp_path):
    records = {"scraped_register": scraped(), "exported_tables": tables()} | {
        "national_package": package(),
        "national_list": listed(),
    }
    for number, (source, record) in enumerate(records.items()):
        record = record | {}
        report = import_file(write_lines(tmp_path, [record], f"{source}.jsonl"), today=DAY)
        assert report.source == source
        assert counts(report)[4] == 0
        assert isinstance(read_content(Procedure.objects.get().content), Content)
        assert NationalRecord.objects.count() == number + 1


def test_queries_of_a_batch_grow_by_the_same_few_for_each_record(
    tmp_path, django_assert_max_num_queries
):
    import_file(write_lines(tmp_path, [scraped("1.900009")]), today=DAY)
    rows = [scraped(f"1.90000{n}") for n in range(5)]
    path = write_lines(tmp_path, rows, "b.jsonl")
    # 12 for the run and the batch; 6 a record: savepoint in and out, procedure, history, role, text
    with django_assert_max_num_queries(12 + 6 * 5):
        import_file(path, today=DAY)
    with django_assert_max_num_queries(8):
        import_file(path, today=DAY)


def test_a_text_that_comes_back_counts_again_but_one_long_superseded_does_not(tmp_path):
    old = write_lines(tmp_path, [scraped(ten_thu_tuc="Tên A")], "a.jsonl")
    new = write_lines(tmp_path, [scraped(ten_thu_tuc="Tên B")], "b.jsonl")
    import_file(old, today=date(2026, 11, 1))
    import_file(new, today=date(2026, 11, 2))
    assert counts(import_file(old, today=date(2026, 11, 1))) == [1, 0, 0, 1, 0]
    assert (Procedure.objects.get().name, NationalRecord.objects.count()) == ("Tên B", 2)
    assert counts(import_file(old, today=date(2026, 11, 3))) == [1, 0, 1, 0, 0]
    assert (Procedure.objects.get().name, NationalRecord.objects.count()) == ("Tên A", 3)
    assert NationalRecord.objects.filter(latest=True).count() == 1


def test_the_scraped_register_keeps_a_field_name_whole_whose_piece_begins_small(tmp_path):
    names = ["Khiếu nại", "Tố cáo", "Khiếu nại, tố cáo"]
    rows = [scraped(f"1.90000{n}", linh_vuc=name) for n, name in enumerate(names)]
    report = import_file(write_lines(tmp_path, rows), today=DAY)
    assert report.registered_fields == names
