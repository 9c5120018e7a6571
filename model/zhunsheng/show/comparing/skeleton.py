"""The commented skeleton of an amendment."""

from __future__ import annotations

from zhunsheng.lang.pack import Pack
from zhunsheng.lang.types import Period
from zhunsheng.narrate.values import period_mapping
from zhunsheng.read.words import COERCED, quoted

TEMPLATE = """\
# 修改方案 / an amendment. Compare it with: zhunsheng compare {file}
format: 1
amendment: {name}
against: {pack}
# 修改的内容，一句话 / what it does, in one sentence
says:
  zh: 写明修改的内容。
  en: Say what it changes.
# 出处：文件、会议、建议 / where it comes from
source:
  zh: 写明出处。
  en: Say where it comes from.
# issued_on: 2026-01-01      # 公布日期（可不写） / day of publication (may be left out)
in_force_from: 2026-01-01       # 施行日期 / first day of the new law
edits:
  # 改一个参数；was 写现值，基础规则变动时会提示
  # give a parameter another value; `was` is what it is now, so that you hear of it when the pack moves on
  - set: {parameter}
    was:{value}
    to:{value}
  #   governs: as_of             # 以哪一日决定适用新法还是旧法 / the day that decides which law holds
  # 替换一条规则 / replace a rule
  # - replace: rule
  #   name: {rule}
  #   with:
  #     when: …
  #     value: …
  # 增加一条规则 / add a rule
  # - add: rule
  #   to: {definition}
  #   with:
  #     rule: name-of-the-rule
  #     when: …
  #     value: …
  # 删去 / repeal: rule, definition, duty, reading, value, …
  # - repeal: rule
  #   name: {rule}
  # 明确一种理解（第二十七条一类的解释） / settle a reading, as an official interpretation does
  # - fix: {reading}
  #   to: {option}
  # 改写一条的转述 / word a provision anew
  # - restate: "{provision}"
  #   says:
  #     zh: …
  #     en: …
"""


def skeleton(pack: Pack, name: str) -> str:
    """A file that can be read as it stands: its one edit changes nothing yet."""
    parameter = next(iter(pack.parameters.values()), None)
    definition = next((d for d in pack.definitions.values() if d.rules and d.provision and "." not in d.name), None)
    reading = next(iter(pack.readings.values()), None)
    return TEMPLATE.format(
        file=f"{name}.yaml", name=quoted(name) if COERCED.fullmatch(name) else name, pack=pack.name,
        parameter=parameter.name if parameter else "…",
        value=_value(parameter.value) if parameter else " …",
        rule=f"{definition.name}/{definition.rules[0].name}" if definition else "…",
        definition=definition.name if definition else "…",
        reading=reading.name if reading else "…", option=reading.options[-1].name if reading else "…",
        provision=next(iter(pack.provisions), "1"),
    )  # fmt: skip


def _value(value: object) -> str:
    if isinstance(value, Period):
        return "".join(f"\n      {unit}: {number}" for unit, number in period_mapping(value).items())
    return f" {value}"
