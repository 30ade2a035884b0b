"""The command line. Every command stands in a module of its own and is imported when it is called."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.exits import BROKEN, UNUSABLE
from pipeline.errors import HeyanProblem

app = typer.Typer(
    name="heyan",
    help="核验：逐页核对盖章扫描件、可编辑版与网上申报数据，列出一致、不一致与缺失之处。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
corrections_app = typer.Typer(help="人工更正：导出为识别准确率测试用例。", no_args_is_help=True)
app.add_typer(corrections_app, name="corrections")
notice_app = typer.Typer(help="通知配置：把一份通知的要求写成数据。", no_args_is_help=True)
app.add_typer(notice_app, name="notice")

InboxArgument = Annotated[
    str, typer.Argument(metavar="收件夹", help="收到的纸质扫描件所在文件夹，或 s3://桶/路径 一类的地址；只读不写")
]
OnlineOption = Annotated[
    str, typer.Option("--online", metavar="文件", help="网上申报数据：xlsx、xls、csv、json 或其文件夹")
]
OutOption = Annotated[
    str, typer.Option("--out", metavar="文件夹", help="结果放在哪里；也可以是 s3://桶/路径 一类的地址")
]
WinnersOption = Annotated[str | None, typer.Option("--prior-winners", metavar="文件", help="往届已揭榜单位名单")]
CorrectionsOption = Annotated[str | None, typer.Option("--corrections", metavar="文件", help="人工更正表")]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, max=256, metavar="个数", help="同时识别的进程数，默认按内存和核数")
]
MetricsOption = Annotated[
    Path | None, typer.Option("--metrics", metavar="文件", help="完成后把 Prometheus 指标写入这个文件（.prom）")
]
DaskOption = Annotated[
    str, typer.Option("--dask", metavar="地址", help="用多台机器：Dask 调度器 tcp://主机:端口，或本机 local:个数")
]
ProfileOption = Annotated[str, typer.Option("--profile", metavar="名称", help="所依据的通知")]


@app.command("run", help="核验整个收件夹，结果写入输出文件夹；再次运行会接着做。")
def run(
    inbox: InboxArgument,
    online: OnlineOption,
    out: OutOption,
    profile: ProfileOption = "jiebang-2021",
    prior_winners: WinnersOption = None,
    corrections: CorrectionsOption = None,
    workers: WorkersOption = None,
    metrics: MetricsOption = None,
    dask: DaskOption = "",
) -> None:
    """Check a whole inbox."""
    from flows.cli.run import run_inbox
    from flows.steps.away import call_of
    from pipeline.settings import default_workers

    call = call_of(
        inbox=inbox,
        online=online,
        out=out,
        profile=profile,
        prior_winners=prior_winners,
        corrections=corrections,
        workers=workers or default_workers(),
        metrics=metrics,
        dask=dask,
    )
    raise typer.Exit(run_inbox(call.absolute() if dask else call))


@app.command("worker", help="在另一台机器上为 heyan run --dask 识别页面；与运行方共用收件夹和输出文件夹。")
def worker(
    address: Annotated[str, typer.Argument(metavar="地址", help="Dask 调度器，如 tcp://10.0.0.5:8786")],
) -> None:
    """Read pages for a run elsewhere."""
    from flows.orchestration.labourer import serve_scheduler

    serve_scheduler(address)


@app.command("serve", help="按时间表自动核验（默认每天凌晨一点），一直运行到被停止。")
def serve(
    inbox: InboxArgument,
    online: OnlineOption,
    out: OutOption,
    profile: ProfileOption = "jiebang-2021",
    prior_winners: WinnersOption = None,
    corrections: CorrectionsOption = None,
    workers: WorkersOption = None,
    metrics: MetricsOption = None,
    dask: DaskOption = "",
    cron: Annotated[str, typer.Option("--cron", metavar="时间表", help="分 时 日 月 星期")] = "0 1 * * *",
    timezone: Annotated[str, typer.Option("--timezone", metavar="时区")] = "Asia/Shanghai",
) -> None:
    """Check an inbox on a schedule."""
    from flows.cli.serve import serve_inbox
    from flows.steps.away import call_of
    from pipeline.settings import default_workers

    call = call_of(
        inbox=inbox,
        online=online,
        out=out,
        profile=profile,
        prior_winners=prior_winners,
        corrections=corrections,
        workers=workers or default_workers(),
        metrics=metrics,
        dask=dask,
    )
    raise typer.Exit(serve_inbox(call, cron, timezone))


@app.command("check", help="核验前几秒内先看一遍：收到哪些包、哪些文件打不开、哪些申报没有材料。")
def check(inbox: InboxArgument, online: OnlineOption, profile: ProfileOption = "jiebang-2021") -> None:
    """Look an inbox over without reading a page."""
    from flows.cli.check import check_before

    raise typer.Exit(check_before(inbox, online, profile))


@app.command("selfcheck", help="申报单位打印前自查：申报书与通知要求、网上申报数据对照，不涉及纸质件。")
def selfcheck(
    document: Annotated[Path, typer.Argument(metavar="申报书", help="docx、doc、wps、rtf 或 odt")],
    online: Annotated[
        Path | None, typer.Option("--online", metavar="文件", help="网上申报数据；不给则只查申报书本身")
    ] = None,
    profile: ProfileOption = "jiebang-2021",
) -> None:
    """Look an applicant's document over; exit status 0 with nothing found, 3 with something to mend or look at."""
    from flows.cli.selfcheck import check_document

    raise typer.Exit(check_document(document, online, profile))


@app.command("inspect", help="看 PDF 或图片各页上有什么：方向、文字、表格、印章、骑缝章、签字。")
def inspect(
    files: Annotated[list[Path], typer.Argument(metavar="文件...", help="PDF 或图片")],
    as_json: Annotated[bool, typer.Option("--json", help="只输出一份 JSON")] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="文件夹", help="把标注好的页面图片放到这里")] = None,
) -> None:
    """Tell what is on pages."""
    from flows.cli.inspect import inspect_files

    raise typer.Exit(inspect_files(files, as_json, out))


@app.command("explain", help="用白话说明一条规则：含义、依据、怎么办；不给代码则列出全部。")
def explain(
    code: Annotated[str | None, typer.Argument(metavar="代码", help="如 F102")] = None,
    profile: ProfileOption = "jiebang-2021",
) -> None:
    """Explain a finding code."""
    from flows.cli.explain import explain_code

    raise typer.Exit(explain_code(code, profile))


@notice_app.command("check", help="检查一份通知配置：错误逐条指明文件和行；没有错误则列出要点。")
def check_notice(
    notice: Annotated[str, typer.Argument(metavar="通知", help="通知名称、配置文件夹或其中的 profile.yaml")],
) -> None:
    """Validate a notice's profile."""
    from flows.cli.notice import check_profile

    raise typer.Exit(check_profile(notice))


@corrections_app.command("export", help="把人工更正导出为识别准确率测试用例：只有栏目截图和值。")
def export_corrections(
    out: Annotated[str, typer.Argument(metavar="输出文件夹", help="heyan run 的输出文件夹")],
    corrections: Annotated[Path, typer.Option("--corrections", metavar="文件", help="人工更正表")],
    to: Annotated[Path, typer.Option("--to", metavar="文件夹", help="导出到哪里；须为空文件夹")],
    inbox: Annotated[
        Path | None, typer.Option("--inbox", metavar="收件夹", help="收件夹移动过时指明；默认用上次核验的")
    ] = None,
) -> None:
    """Turn corrections into accuracy cases."""
    from flows.cli.corrections import export

    raise typer.Exit(export(out, corrections, to, inbox))


@app.command("doctor", help="检查本机装了什么、缺什么、怎么补。")
def doctor(
    out: Annotated[
        str | None, typer.Argument(metavar="[输出文件夹]", help="看它占用多少磁盘，或与 --last-run 一起用")
    ] = None,
    last_run: Annotated[bool, typer.Option("--last-run", help="看昨夜的核验是否完成；没有完成则退出码为 1")] = False,
    hours: Annotated[float, typer.Option("--hours", min=0.01, metavar="小时", help="多少小时内应当完成过一次")] = 26.0,
) -> None:
    """Say what is installed and what is missing, or whether last night's run finished."""
    from flows.cli import doctor

    raise typer.Exit(doctor.examine_last_run(out, hours) if last_run else doctor.examine(out))


@app.command("samples", help="造一个带标准答案的样本收件夹（虚构单位）。")
def samples(
    out: Annotated[Path, typer.Argument(metavar="文件夹", help="样本放在哪里")],
    packages: Annotated[int, typer.Option("--packages", min=1, metavar="个数")] = 4,
    level: Annotated[
        str, typer.Option("--level", metavar="office|phone|grey", help="扫描、手机拍摄、黑白复印")
    ] = "office",
    family: Annotated[str, typer.Option("--family", metavar="tuning|judging|reserve")] = "tuning",
    seed: Annotated[int, typer.Option("--seed")] = 1,
    profile: ProfileOption = "jiebang-2021",
) -> None:
    """Make a sample inbox."""
    from flows.cli.samples import make_samples

    raise typer.Exit(make_samples(out, packages, level, family, seed, profile))


@app.command("demo", help="造一个小样收件夹并核验，看看结果长什么样。")
def demo(out: Annotated[Path, typer.Option("--out", metavar="文件夹")] = Path("demo")) -> None:
    """Make a small inbox and run it."""
    from flows.cli.demo import run_demo

    raise typer.Exit(run_demo(out))


def main() -> None:
    """The entry point: a problem the user can mend is one sentence and exit status 2, never a traceback."""
    try:
        app()
    except HeyanProblem as problem:
        print(f"heyan：{problem}", file=sys.stderr)
        sys.exit(UNUSABLE)
    except Exception as problem:  # the last wall: a sentence for the clerk, the traceback for who asks for it
        if os.environ.get("HEYAN_DEBUG"):
            raise
        print(f"heyan：程序出错（{type(problem).__name__}）。设置 HEYAN_DEBUG=1 再运行可看到详情。", file=sys.stderr)
        sys.exit(BROKEN)


if __name__ == "__main__":
    main()
