from __future__ import annotations

from pathlib import Path

import docx
import pytest

from extractors.editable import read_editable
from pipeline.errors import UnreadableInput
from pipeline.model.application import Application
from pipeline.model.evidence import Source
from pipeline.notices.profile import load_profile
from tests.extractors.words import fill, run, symbol

PROFILE = load_profile()


def application(path: Path) -> Application:
    document = docx.Document()
    for text in (
        "揭榜单位申报材料",
        "揭榜方向：方向10：智能机器人",
        "揭榜单位：成都某某公司（加盖单位公章）",
        "推荐单位：成都市经济和信息化局（加盖单位公章）",
        "申报日期：2021年11月10日",
        "揭榜单位申报表",
    ):
        document.add_paragraph(text)
    form = document.add_table(5, 5)
    fill(
        form,
        [
            ["单位名称", "成都某某公司", "", "法定代表人", "王小明"],
            ["揭榜负责人", "姓名", "李一", "手机", "13800000001"],
            ["申报联系人", "姓名", "赵二", "手机", "13800000002"],
            ["单位性质", "", "", "单位人数", "120"],
            ["揭榜产品名称", "巡检机器人", "", "参与单位", "无"],
        ],
    )
    ownership = form.cell(3, 1).merge(form.cell(3, 2)).paragraphs[0]
    for code, word in (("F0A3", "国有企业 "), ("F052", "民营企业 "), ("F0A3", "其他（请注明）：")):
        ownership._p.append(symbol(code))
        ownership._p.append(run(word))
    document.add_paragraph("重点指标填报表")
    fill(
        document.add_table(2, 4),
        [["参考指标", "本单位当前水平", "本单位2023年目标", "补充说明"], ["定位精度", "5cm", "2cm", "室内"]],
    )
    for text in ("揭榜任务书", "一、揭榜任务简要介绍", "攻关机器人。", "四、其他相关事项说明", "无"):
        document.add_paragraph(text)
    for text in (
        "承诺书",
        "我单位提交了巡检机器人产品/方案参评。",
        "联系人：赵二",
        "联系电话：13800000002",
        "2021年11月10日",
    ):
        document.add_paragraph(text)
    document.save(str(path))
    found = read_editable(path, "申报书.docx", PROFILE)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Application:
    return application(tmp_path_factory.mktemp("word") / "a.docx")


def test_fields_of_cover_form_and_commitment(read: Application) -> None:
    assert read.source is Source.EDITABLE and read.origin == "申报书.docx"
    assert {field.key: field.reading.text for field in read.fields} == {
        "applicant": "成都某某公司",
        "recommender": "成都市经济和信息化局",
        "filing_date": "2021-11-10",
        "directions": "10",
        "legal_representative": "王小明",
        "leader_name": "李一",
        "leader_mobile": "13800000001",
        "contact_name": "赵二",
        "contact_mobile": "13800000002",
        "ownership": "民营企业",
        "staff": "120",
        "product": "巡检机器人",
        "partners": "无",
        "commitment_product": "巡检机器人",
        "commitment_contact": "赵二",
        "commitment_phone": "13800000002",
        "commitment_date": "2021-11-10",
    }


def test_every_value_says_where_it_stands(read: Application) -> None:
    assert all(field.reading.cells for field in read.fields)
    product, filed = read.get("product"), read.get("filing_date")
    assert product is not None and filed is not None
    assert [(cell.sheet, cell.cell) for cell in product.cells] == [("表1", "第5行第2列")]
    assert [(cell.sheet, cell.cell) for cell in filed.cells] == [("正文", "第5段")]


def test_indicators_and_task_book(read: Application) -> None:
    (indicator,) = read.indicators
    assert (indicator.name.text, indicator.target and indicator.target.text) == ("定位精度", "2cm")
    (book,) = read.taskbooks
    assert {section.heading: section.text for section in book.sections} == {
        "一、揭榜任务简要介绍": "攻关机器人。",
        "四、其他相关事项说明": "无",
    }
    assert book.words == 7 and book.product == "巡检机器人"


def test_another_letter_is_no_application(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("关于召开会议的通知")
    fill(document.add_table(1, 2), [["时间", "下周一"]])
    document.save(str(tmp_path / "b.docx"))
    assert read_editable(tmp_path / "b.docx", "b.docx", PROFILE) is None


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c.docx").write_bytes(b"\xd0\xcf\x11\xe0 not a document")
    with pytest.raises(UnreadableInput):
        read_editable(tmp_path / "c.docx", "c.docx", PROFILE)
