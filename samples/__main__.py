"""`python -m samples OUT`: a sample inbox with its truth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.notices.profile import DEFAULT_NOTICE
from samples.defects import DefectSpec, known_codes
from samples.inbox import make_inbox

app = typer.Typer(add_completion=False)


@app.command()
def main(
    out: Annotated[Path, typer.Argument(help="写到哪个文件夹")],
    packages: Annotated[int, typer.Option(help="几个申报包")] = 4,
    level: Annotated[str, typer.Option(help="office 办公扫描 · phone 手机拍照 · grey 灰度与黑白")] = "office",
    family: Annotated[str, typer.Option(help="tuning · judging · reserve · calibration")] = "tuning",
    seed: Annotated[int, typer.Option(help="随机种子")] = 1,
    defect: Annotated[list[str] | None, typer.Option(help="埋设的问题，如 X101 或 X101:uscc，依次放入各包")] = None,
    share: Annotated[float, typer.Option(help="再给多大比例的包埋设随机差异")] = 0.0,
    size: Annotated[str, typer.Option(help="usual · short")] = "usual",
    packing: Annotated[str, typer.Option(help="varied 多样 · plain 一个 PDF")] = "varied",
    online: Annotated[str, typer.Option(help="xlsx · csv · gbk · json")] = "xlsx",
    workers: Annotated[int, typer.Option(help="几个进程")] = 2,
    profile: Annotated[str, typer.Option(help="按哪个通知造：名称或配置文件夹")] = DEFAULT_NOTICE,
) -> None:
    """生成样例收件箱：OUT/inbox、OUT/online.*、OUT/truth.json."""
    specs = [DefectSpec(code, field or None) for code, _, field in (text.partition(":") for text in defect or ())]
    if unknown := [spec.code for spec in specs if spec.code not in known_codes()]:
        typer.echo(f"不认识的问题代码：{'、'.join(unknown)}；可用：{'、'.join(known_codes())}", err=True)
        raise typer.Exit(2)
    if online not in ("xlsx", "csv", "gbk", "json"):
        typer.echo("网上填报数据的格式只能是 xlsx、csv、gbk、json。", err=True)
        raise typer.Exit(2)
    try:
        inbox = make_inbox(
            out, packages, level, family, seed, specs, share, workers, size=size, packing=packing, online=online,  # type: ignore[arg-type]
            notice=profile,
        )  # fmt: skip
    except ValueError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(2) from None
    typer.echo(f"样例已写入 {inbox.parent}")


if __name__ == "__main__":
    app()
