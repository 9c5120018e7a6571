# Everything runs from a fresh clone with Python 3.11 or later and make. The first call makes .venv and installs into it.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
WORKERS ?= 2
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_ROOT_USER_ACTION = ignore

.DEFAULT_GOAL := help
# What `check` found and proved, and what `prepare` worked out, if `make results` has been run: pages of guarantees, findings and
# amendments are made of it, and cases have their pictures along time.
RESULTS ?= $(wildcard build/results/*.json)
PREPARED ?= $(wildcard build/results/prepared)
export NO_MKDOCS_2_WARNING = 1
AXE := 4.14.1

.PHONY: help fonts demo test test-all lint types layers scenarios docs site results browser pytest pytest-all bench acl2 format clean

help:
	@echo 'make demo      three real questions, and a certificate checked without this software / 演示'
	@echo 'make test      every check, the tests last / 全部检查'
	@echo 'make test-all  the same with the whole samples / 全部样本'
	@echo 'make bench     times against the budgets / 计时'
	@echo 'make docs      the documents, into build/site / 文档'
	@echo 'make site      the rules as a site, into build/pages/html / 规则网站'
	@echo 'make browser   Chromium, fonts and axe for the tests of the site / 浏览器测试所需'
	@echo 'make results   check, proofs and comparisons for that site, many minutes / 体检、证明和比较的结果'
	@echo 'make acl2      a few proofs before a checker that is itself proved (Debian, 2.4 GB once) / 由经过验证的程序核验证明'
	@echo 'make fonts     a font with Chinese characters, for PDF (Debian) / 安装中文字体'
	@echo 'make clean     removes what was built, .venv too / 清理'

# A folder .venv that was copied from elsewhere still points there: it is made again.
$(STAMP): pyproject.toml
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or later is needed: install it, or name it with make PYTHON=…' >&2; exit 1; }
	@test "$$($(BIN)/python -c 'import sys; print(sys.prefix)' 2>/dev/null)" = '$(CURDIR)/$(VENV)' \
		|| { echo 'making $(VENV)'; $(PYTHON) -m venv --clear $(VENV); }
	@echo 'installing into $(VENV) (a minute or two, once)'
	@$(BIN)/python -m pip install --quiet --editable '.[dev,office]'
	@touch $@

# Three kinds of answer: the law decides; the text can be read in two ways; the authority chooses.
demo: $(STAMP)
	$(call ask,1. 条文有确定的答案 / the law decides,\
		the-year-after-a-downgrade-ends-with-the-anniversary-day.yaml --answer may_apply)
	$(call ask,2. 条文有不同理解 / the text can be read in more than one way,\
		clinker-at-b-and-grinding-leading-needs-a-mapping.yaml --answer attained)
	$(call ask,3. 由主管机关裁量 / the authority chooses,\
		an-a-plant-over-its-permitted-concentration-falls-to-c-or-d.yaml --answer downgrade_to)
	$(call certify,4. 不用本软件也能核验 / checked without this software,\
		the-year-after-a-downgrade-ends-with-the-anniversary-day.yaml --answer may_apply)

# The kernel, the certificate and the rules alone, in an interpreter that has neither this package nor any other.
define certify
@printf '\n======== %s\n' '$(1)'
@rm -rf build/demo && mkdir -p build/demo
@$(BIN)/zhunsheng decide scenarios/$(strip $(2)) --certificate build/demo/certificate.json > build/demo/answer.txt
@$(BIN)/zhunsheng export pack build/demo/pack.json --pack policy/urumqi-2025
@cp model/zhunsheng/certify/reading.py model/zhunsheng/certify/kernel.py build/demo
@printf '$$ cd build/demo && $(PYTHON) -I -S kernel.py certificate.json pack.json\n\n'
@cd build/demo && $(PYTHON) -I -S kernel.py certificate.json pack.json
@printf '\n-------- 以上内容的中文说明（由本软件给出）/ the same in Chinese, told by this software\n'
@printf '$$ zhunsheng verify build/demo/certificate.json --pack build/demo/pack.json\n\n'
@$(BIN)/zhunsheng verify build/demo/certificate.json --pack build/demo/pack.json
endef

define ask
@printf '\n======== %s\n$$ zhunsheng decide scenarios/%s\n\n' '$(1)' '$(strip $(2))'
@$(BIN)/zhunsheng decide scenarios/$(strip $(2))
endef

# The steps run one after another whatever -j says, cheapest first; the tests come last, so their closing line is last.
test: lint types layers docs scenarios pytest
test-all: lint types layers docs scenarios pytest-all
.NOTPARALLEL:

lint: $(STAMP)
	@$(BIN)/ruff check .

types: $(STAMP)
	@$(BIN)/mypy --strict

layers: $(STAMP)
	@$(BIN)/lint-imports --no-logo

docs: $(STAMP)
	@$(BIN)/mkdocs build --strict --config-file docs/mkdocs.yml

# Chinese first: building it empties the folder that English is then built into.
site: $(STAMP)
	@$(BIN)/zhunsheng publish build/pages --docs docs/pages $(addprefix --results ,$(RESULTS)) $(addprefix --prepared ,$(PREPARED)) --force
	@$(BIN)/mkdocs build --strict --config-file build/pages/zh.yml
	@$(BIN)/mkdocs build --strict --config-file build/pages/en.yml

results: $(STAMP)
	@mkdir -p build/results
	@$(BIN)/zhunsheng check --json > build/results/check.new || test $$? -eq 1 -o $$? -eq 3
	@mv build/results/check.new build/results/check.json
	@$(BIN)/zhunsheng prepare build/results/prepared

scenarios: $(STAMP)
	@$(BIN)/zhunsheng test scenarios

# Debian's Chromium and fonts, and axe from npm, for the tests that open the site. Tried once: where they cannot be had, those
# tests are not run, and the last line of the tests says so.
TRIED := build/browser/tried
browser:
	@rm -f $(TRIED); $(MAKE) --no-print-directory $(TRIED)

$(TRIED):
	@mkdir -p build/browser
	@if ! { command -v chromium && command -v chromedriver && command -v fc-list && fc-list :lang=zh-cn | grep -q .; } >/dev/null; then \
		echo 'installing a browser for the tests (a minute, once)'; \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
				chromium chromium-driver fonts-noto-cjk fontconfig; } >build/browser/install.log 2>&1 \
				|| echo 'the browser could not be installed: build/browser/install.log'; \
		fi; \
	fi
	@if command -v npm >/dev/null; then \
		npm install --silent --no-audit --no-fund --prefix build/browser axe-core@$(AXE) >>build/browser/install.log 2>&1 \
			|| echo 'axe could not be installed: build/browser/install.log'; \
	fi
	@touch $@

pytest: $(STAMP) $(TRIED)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

pytest-all: $(STAMP) $(TRIED)
	@ALL=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

bench: $(STAMP)
	@$(BIN)/python tests/bench/bench.py

# Proofs of certificates before the LRAT checker of Debian's acl2-books, which is proved right in ACL2: of those kept each EACH-th
# that has one (EACH=1: all, an hour). It must take each, and refuse the last without its first step: else it was not the checker
# that spoke.
EACH ?= 9
REFEREED ?= $(shell grep -l '"lrat":"[^"]' proofs/certificates/*.json | awk 'NR % $(EACH) == 0')
LRAT_BOOK := projects/sat/lrat/list-based/run
acl2: $(STAMP)
	@command -v acl2 >/dev/null && ls -d /usr/share/acl2-*/books/$(dir $(LRAT_BOOK)) >/dev/null 2>&1 \
		|| { apt-get update -q && apt-get install -y -q --no-install-recommends acl2 acl2-books; }
	@rm -rf build/acl2 && mkdir -p build/acl2
	@for path in $(REFEREED); do $(BIN)/zhunsheng export dimacs $$path build/acl2 >/dev/null || exit 1; done
	@for cnf in build/acl2/*.cnf; do $(call lrat,$$cnf,$${cnf%.cnf}.lrat) | grep -q '^s VERIFIED' \
		&& echo "ACL2: s VERIFIED  $$cnf" || { echo "ACL2 does not take $$cnf"; exit 1; }; done
	@last=$$(ls build/acl2/*.cnf | tail -1); sed 1d $${last%.cnf}.lrat > build/acl2/short; \
		! $(call lrat,$$last,build/acl2/short) | grep -q '^s VERIFIED' && echo 'ACL2: a proof without its first step is refused'
lrat = printf '(include-book "$(LRAT_BOOK)" :dir :system)\n(lrat-check "%s" "%s")\n' $(1) $(2) | acl2

format: $(STAMP)
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

# PDF embeds the font it is set in. Any font with Chinese characters will do; this is the one that Debian has.
fonts:
	@fc-list :lang=zh 2>/dev/null | grep -q . || { apt-get update -q && apt-get install -y -q fonts-noto-cjk; }

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
