"""Names of units: what is written, and the one canonical name of each (`Tops` is `TOPS`, `小时` is `h`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

_COUNTED = """
种 个 类 款 项 台 套 条 张 路 人 名 家 件 次 例 篇 幅 句 组 份 辆 架 门 卡 颗 片 块 层 核 通道 线 点 轮 户 字 词 像素 帧
语种 架次 人次 台套 台/套 小类 模型 城市 枚 只 倍 分 级 百分点
"""
COUNTERS = tuple(_COUNTED.split())
"""Chinese counters and grades that are their own canonical name."""

_OPERATIONS = "MOPS GOPS TOPS POPS MFLOPS GFLOPS TFLOPS PFLOPS EFLOPS"
_LATIN = """
W mW kW MW μW V mV kV μV A mA μA Ah mAh Wh kWh Ω kΩ MΩ mΩ GΩ Hz kHz MHz GHz THz Pa kPa MPa nm μm mm cm m km
ns μs ms s min h g kg mg J kJ mJ N lx lm dB dBm dBA dBi rpm ppm bit B kB MB GB TB PB kbit Mbit Gbit Tbit KiB MiB GiB
% ‰ ° ℃ nF pF μF mH nH
"""
_WRITTEN = {
    "h": "小时 钟头 hr hrs hour hours", "min": "分钟 mins minute minutes", "s": "秒 秒钟 sec", "ms": "毫秒",
    "μs": "微秒 us", "ns": "纳秒", "天": "日 d day days", "月": "个月", "年": "周年", "周": "星期",
    "m": "米 公尺", "km": "公里 千米", "cm": "厘米 公分", "mm": "毫米", "μm": "微米 um", "nm": "纳米",
    "W": "瓦 瓦特", "kW": "千瓦 KW", "mW": "毫瓦", "MW": "兆瓦", "kΩ": "KΩ 千欧 千欧姆 K欧", "MΩ": "兆欧 兆欧姆",
    "Ω": "欧 欧姆", "mΩ": "毫欧", "V": "伏 伏特", "mV": "毫伏", "A": "安 安培", "mA": "毫安", "mAh": "毫安时",
    "kWh": "千瓦时", "dB": "分贝 dBSPL", "Hz": "赫兹 赫", "kHz": "千赫 千赫兹 KHz", "MHz": "兆赫 兆赫兹", "GHz": "吉赫",
    "kB": "KB", "B": "字节", "MB": "兆字节", "bit": "比特", "kg": "千克 公斤", "g": "克", "mg": "毫克", "t": "吨",
    "%": "", "°": "", "℃": "摄氏度", "百分点": "个百分点", "元": "人民币元", "个": "大个", "类": "大类",
    "lx": "lux 勒克斯", "lm": "流明", "像素": "px", "Pa": "帕", "kPa": "千帕 KPa", "MPa": "兆帕",
    "rpm": "转/分 转/分钟", "bit/s": "bps", "kbit/s": "Kbps kbps", "Mbit/s": "Mbps", "Gbit/s": "Gbps", "Tbit/s": "Tbps",
    "kbit": "Kb Kbit", "Mbit": "Mb", "Gbit": "Gb", "帧/秒": "fps", "次/秒": "QPS TPS",
    "TFLOPS": "TFLOP/s", "GFLOPS": "GFLOP/s", "PFLOPS": "PFLOP/s",
}  # fmt: skip
"""Canonical name -> other ways of writing it. A bare B, b, K, G, T, M or 度 is in no list: it may be several units."""

TIMES_IN_WORDS = {"s": "秒", "min": "分钟", "h": "小时", "天": "天", "月": "个月", "年": "年", "周": "周"}
_AMBIGUOUS = frozenset(
    {
        "mw",
        "mω",
        "mb",
        "gb",
        "kb",
        "tb",
        "pb",
        "mv",
        "mpa",
        "mj",
        "mg",
        "ma",
        "mh",
        "mbit/s",
        "kbps",
        "mbps",
        "gbps",
        "tbps",
    }
)
"""Lower-cased names that stand for two units (mW and MW) or too easily for none: told only if written exactly."""
_SINGLE_LETTERS = ("w", "s", "v", "h")
"""Units of one letter that are told in either case; M, G, T, K, B are no metres, grams, tonnes."""
_PER_COUNT = ("次", "帧")


def names() -> Mapping[str, str]:
    """Every way of writing a single unit -> its canonical name."""
    return _names()[0]


@cache
def _names() -> tuple[Mapping[str, str], Mapping[str, str]]:
    exact = {name: name for name in (*COUNTERS, *_OPERATIONS.split(), *_LATIN.split(), *_WRITTEN)}
    exact |= {other: name for name, others in _WRITTEN.items() for other in others.split()}
    for name in ("B", "bit/s", "帧/秒", "次/秒", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s", "t", "d"):
        exact.pop(name, None)
    folded: dict[str, str] = {}
    for written, name in exact.items():
        if folded.setdefault(written.lower(), name) != name:
            folded[written.lower()] = ""
    sure = {key: name for key, name in folded.items() if name and key not in _AMBIGUOUS}
    return exact, {key: name for key, name in sure.items() if len(key) > 1 or key in _SINGLE_LETTERS}


def single_unit(written: str) -> str | None:
    """The canonical name of a unit without `/`; None where it is none, or may be two (`mw`)."""
    exact, folded = _names()
    return exact.get(written) or folded.get(written.lower())


def canonical_unit(written: str) -> str | None:
    """The canonical name of a unit as written (`米/秒`, `Tops/w`, `次/24小时`); None where it is not surely one."""
    parts = [part.strip() for part in re.split(r"[/每]", written.strip())]
    whole = single_unit(written.strip()) or single_unit(written.replace(" ", ""))
    if whole is not None:
        return whole
    named = [single_unit(parts[0]), *(_denominator(part) for part in parts[1:])]
    if any(name is None for name in named) or len(named) > 2:
        return None
    return joined(*(name for name in named if name is not None))


def joined(numerator: str, denominator: str = "") -> str:
    """`numerator/denominator` with the denominator's usual name: `m/s`, but `次/秒`."""
    if not denominator:
        return numerator
    if denominator == "s" and numerator in _PER_COUNT:
        return f"{numerator}/秒"
    return f"{numerator}/{denominator}"


def _denominator(written: str) -> str | None:
    match = re.fullmatch(r"(\d+)(\D+)", written)
    if not match:
        return single_unit(written)
    unit = single_unit(match.group(2))
    return f"{match.group(1)}{TIMES_IN_WORDS[unit]}" if unit in TIMES_IN_WORDS else None


def chinese_names() -> Iterator[str]:
    """The names that start with a Chinese character, longest first."""
    yield from sorted((name for name in names() if "一" <= name[0] <= "鿿"), key=len, reverse=True)
