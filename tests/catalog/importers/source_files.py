"""Source files in the shapes that importers meet. Names and texts are invented."""

import gzip
import json
from pathlib import Path
from typing import Any


def scraped(code: str = "1.900001", **overrides: Any) -> dict[str, Any]:
    """A row of the scraped register."""
    facts = {
        "ma_thu_tuc": code,
        "ten_thu_tuc": f"Cấp giấy chứng nhận thử nghiệm {code}",
        "so_quyet_dinh": "12/QĐ-BTN",
        "cap_thuc_hien": "Cấp tỉnh",
        "loai_thu_tuc": "TTHC được giao luật quy định chi tiết",
        "linh_vuc": "Thử nghiệm",
        "doi_tuong_thuc_hien": "Công dân Việt Nam",
        "co_quan_co_tham_quyen": "",
        "dia_chi_tiep_nhan": "",
        "co_quan_duoc_uy_quyen": "",
        "co_quan_phoi_hop": "",
        "thu_tuc_lien_quan": "Không có thông tin",
        "trinh_tu_thuc_hien": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
        "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tả"
        "Trực tiếp5 Ngày làm việcMiễn phí(Không có)",
        "thanh_phan_ho_so": "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đề nghị1 bản chính",
        "can_cu_phap_ly": "Không có thông tin",
        "co_quan_thuc_hien": "Sở Thử nghiệm",
        "yeu_cau_dieu_kien": "Không có thông tin",
        "ket_qua_xu_ly": "Giấy chứng nhận",
    }
    return facts | overrides


def tables(code: str = "1.900001", **overrides: Any) -> dict[str, Any]:
    """A record of the export with real tables; overrides go to the part that has the key."""
    record: dict[str, Any] = {
        "thu_tuc_id": code,
        "metadata": {
            "mã_thủ_tục": code,
            "tên_thủ_tục": f"Cấp phép thử nghiệm {code}",
            "số_quyết_định": "Quyết định số 62/QĐ-BTN",
            "cấp_thực_hiện": "Cấp Bộ, Cấp Xã",
            "loại_thủ_tục": "TTHC được luật giao quy định chi tiết",
            "lĩnh_vực": "Thử nghiệm",
        },
        "content": {
            "trình_tự_thực_hiện": "Bước 1: Nộp hồ sơ. Bước 2: Nhận kết quả.",
            "đối_tượng_thực_hiện": "Doanh nghiệp, Tổ chức (không bao gồm doanh nghiệp, HTX)",
            "cơ_quan_thực_hiện": "Sở Văn hóa, Thể thao và Du lịch, Cục Thử nghiệm",
            "cơ_quan_phối_hợp": "Không có thông tin",
            "kết_quả_thực_hiện": "Giấy phép.",
            "yêu_cầu_điều_kiện_thực_hiện": "Không",
        },
        "tables": {
            "hinh_thuc_nop": [
                {
                    "hinh_thuc": "Trực tiếp",
                    "thoi_han_giai_quyet": "30 Ngày làm việc",
                    "phi_le_phi": "Phí : 2.000.000 Đồng (mỗi hồ sơ)\nLệ phí : 0 Đồng",
                    "mo_ta": "",
                }
            ],
            "thanh_phan_ho_so": [
                {
                    "ten_giay_to": "Đơn đề nghị",
                    "so_luong": "Mẫu 01.docx",
                    "ghi_chu": "Bản chính: 1\nBản sao: 2",
                }
            ],
            "can_cu_phap_ly": [
                {
                    "so_ky_hieu": "12",
                    "trich_yeu": "Quyết định số 12/2021/QĐ-TTg về thử nghiệm",
                    "ngay_ban_hanh": "24-03-2021",
                    "co_quan_ban_hanh": "Thủ tướng Chính phủ",
                }
            ],
        },
    }
    for key, value in overrides.items():
        home = next(part for part in ("metadata", "content", "tables") if key in record[part])
        record[home][key] = value
    return record


def package(code: str = "1.900001", **overrides: Any) -> dict[str, Any]:
    """A national data package using every key that is known of it."""
    facts = {
        "MATTHC": code,
        "TENTTHC": "Cấp giấy phép thử nghiệm",
        "LOAITTHC": "1",
        "CAPTHUCHIEN": [{"TENCAP": "Cấp Tỉnh"}],
        "LINHVUCTHUCHIEN": [{"TENLINHVUC": "Thử nghiệm, kiểm định"}],
        "TRINHTUTHUCHIEN": [
            {"TRUONGHOP": "Cấp mới", "TRINHTU": [{"TENTRINHTU": "Nộp."}, {"TENTRINHTU": "Nhận."}]}
        ],
        "CACHTHUCTHUCHIEN": [
            {
                "KENH": "2",
                "THOIGIAN": [
                    {
                        "THOIGIANGIAIQUYET": "16.5",
                        "DONVITINH": "Ngày",
                        "MOTA": "Kể từ ngày nhận đủ hồ sơ",
                        "PHILEPHI": [
                            {"MOTA": "mỗi giấy phép", "SOTIEN": "150000", "DONVI": "Đồng"},
                            {"MOTA": "", "SOTIEN": "0", "DONVI": "Đồng"},
                            {"MOTA": "", "SOTIEN": "Chưa quy định", "DONVI": ""},
                            {"MOTA": "0,5% giá trị hợp đồng", "SOTIEN": "", "DONVI": ""},
                            {"MOTA": "", "SOTIEN": "1.5", "DONVI": "USD"},
                        ],
                    },
                    {"THOIGIANGIAIQUYET": "", "DONVITINH": "", "MOTA": "Trong ngày"},
                ],
            }
        ],
        "THANHPHANHOSO": [
            {
                "TRUONGHOP": "Cấp mới",
                "GIAYTO": [
                    {
                        "TENGIAYTO": "Đơn",
                        "TENMAUDON": form,
                        "URL": "",
                        "SOBANCHINH": "1",
                        "SOBANSAO": "0",
                    }
                    for form in ("a.docx", "b.docx")
                ]
                + [
                    {
                        "TENGIAYTO": "Bản sao giấy phép",
                        "TENMAUDON": "",
                        "URL": "",
                        "SOBANCHINH": "",
                        "SOBANSAO": "",
                    }
                ],
            }
        ],
        "DOITUONGTHUCHIEN": [{"TENDOITUONG": "Doanh nghiệp"}],
        "COQUANTHUCHIEN": [{"TENDONVI": "Sở Thử nghiệm"}],
        "COQUANCOTHAMQUYEN": [],
        "COQUANDUOCUYQUYEN": [],
        "COQUANPHOIHOP": [],
        "DIACHITIEPNHAN": "Số 1 đường Thử",
        "KETQUATHUCHIEN": [{"TENKETQUA": "Giấy phép"}],
        "CANCUPHAPLY": [{"SOVANBAN": "01/2024/NĐ-CP", "TENVANBAN": "Nghị định mẫu"}],
        "YEUCAU": "Không",
        "TUKHOA": "thử; nghiệm",
        "MOTA": "",
        "quyetDinhCongBo": {
            "SOQUYETDINH": "62/QĐ-BTN",
            "NGAYQUYETDINH": "01/08/2024",
            "TRICHYEU": "Công bố",
        },
    }
    return facts | overrides


def listed(code: str = "1.900001", **overrides: Any) -> dict[str, Any]:
    """A row of the national list."""
    facts = {
        "ma_so": code,
        "ten": f"Cấp giấy thử nghiệm {code}",
        "co_quan_ban_hanh": "Bộ Tư pháp",
        "co_quan_thuc_hien": "Sở Thử nghiệm; Sở Thử nghiệm",
        "linh_vuc": "Thử nghiệm",
        "collected_at": "2025-04-28T18:30:00.000Z",
    }
    return facts | overrides


def write_lines(folder: Path, records: list[dict[str, Any]], name: str = "source.jsonl") -> Path:
    """A file of JSON lines; packed when its name says so."""
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path = folder / name
    data = text.encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path
