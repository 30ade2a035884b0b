# The index of the workshop. `make demo` and `make test` set the machine up themselves.
PYTHON := .venv/bin/python
TESTS := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PYTHON) -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder
# What `make test` runs; the build server has the drill run along (`make test MARKS=`).
MARKS ?= not drill
SOURCES := pipeline extractors checks flows review samples scripts tests

.PHONY: help setup demo test lint unit drill accuracy calibration bench bench-together bench-night bench-again bench-dask clean

help:
	@echo "make setup     系统软件、.venv、识别模型"
	@echo "make demo      造一个小样收件夹并核验"
	@echo "make test      风格、类型、分层与测试"
	@echo "make drill     演练：真实的夜间运行，中途被杀、磁盘写满、时钟拨回，再接着跑"
	@echo "make accuracy  在评判样本上量准确率（可续跑）"
	@echo "make calibration 量置信度与正确率的关系，得出存疑界限（可续跑）"
	@echo "make bench     每页耗时对比"
	@echo "make bench-together  2000 个包一起核验的耗时与内存"
	@echo "make bench-night     一夜 200 个包的内存与 Prefect 开销（识别结果取自录制）"
	@echo "make bench-again     200 个小包改了规则后重新核验，每秒几包、各步耗时（识别结果取自录制）"
	@echo "make bench-dask      两个 Dask 工作进程与两个识别进程的耗时之比"

setup:
	@./scripts/setup.sh

demo: setup
	@.venv/bin/heyan demo

lint: setup
	@.venv/bin/ruff check $(SOURCES)
	@.venv/bin/ruff format --check $(SOURCES)
	@.venv/bin/mypy
	@.venv/bin/lint-imports

unit: setup
	@./scripts/apt.sh apt-test.txt
	@$(TESTS) -m "$(MARKS)"

test: lint unit

drill: setup
	@./scripts/apt.sh apt-test.txt
	@$(TESTS) -m drill

accuracy: setup
	@$(PYTHON) -m tests.accuracy

calibration: setup
	@$(PYTHON) -m tests.calibration

bench: setup
	@$(PYTHON) -m tests.benchmarks

bench-together: setup
	@$(PYTHON) -m tests.benchmarks.together

bench-night: setup
	@$(PYTHON) -m tests.benchmarks.night

bench-again: setup
	@$(PYTHON) -m tests.benchmarks.again

bench-dask: setup
	@$(PYTHON) -m tests.benchmarks.workers

clean:
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist
