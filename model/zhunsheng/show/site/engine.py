"""The pages about the program itself: hand-written ones carried over, the commands and the Python API made from the code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from types import ModuleType

from zhunsheng.lang.types import Text
from zhunsheng.show.site import markup
from zhunsheng.show.site.pages import Page, page

ENGINE = Text("关于本系统", "About the program")
COMMANDS = Text("命令参考", "The commands, in full")
COMMANDS_ABOUT = Text("由程序自身的帮助生成。", "Made from the program's own help.")
API = Text("Python 接口", "The Python API")
API_ABOUT = Text("由代码中的说明生成。", "Made from the docstrings of the code. Values are frozen; nothing here prints.")
OPTION = Text("参数或选项", "Argument or option")
MEANS = Text("含义", "What it means")
COMMANDS_PAGE, API_PAGE = "engine/commands.md", "engine/api.md"
ELSEWHERE = re.compile(r"\[([^\]]+)\]\(\.\./(zh|en)/([\w-]+)\.md(#[\w-]+)?\)")
SWITCH = re.compile(r"^\[(?:中文|English)\]\(\.\./(?:zh|en)/[\w-]+\.md\)\n+", re.MULTILINE)
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Help:
    """One command: its words (`text coverage`), what it does, its usage, and each argument with what it means."""

    words: str
    does: str
    usage: str
    arguments: tuple[tuple[str, str], ...]


def handwritten(texts: Mapping[tuple[str, str], str]) -> list[Page]:
    """Pages written by hand, by language and name. Links to the other language's pages lead over to its part of the site; the
    link to a page's own twin is left out, since every page of the site has its switch."""
    found = []
    for (lang, name), text in texts.items():
        match = TITLE.search(text)
        over = "../" if lang == "en" else ""
        led = ELSEWHERE.sub(lambda link, over=over: _over(link, over), SWITCH.sub("", text))  # type: ignore[misc]
        other = ("en" if lang == "zh" else "zh", name)
        found.append(Page(f"engine/{name}.md", lang, match[1] if match else name, (led.strip(),), twin=other in texts))
    return found


def _over(link: re.Match[str], over: str) -> str:
    """A link from `engine/x.html` of one language to the other's."""
    there = "en/" if link[2] == "en" else ""
    return f'<a href="../{over}{there}engine/{link[3]}.html{link[4] or ""}">{escape(link[1].replace("`", ""))}</a>'


def commands(found: Sequence[Help], lang: str) -> Page:
    blocks = [markup.heading(1, COMMANDS[lang]), COMMANDS_ABOUT[lang]]
    for one in found:
        blocks += [markup.heading(2, f"zhunsheng {one.words}"), markup.text(_side(one.does, lang)), f"```text\n{one.usage}\n```"]
        rows = [[f"`{name}`".replace("|", "&#124;"), markup.text(_side(means, lang))] for name, means in one.arguments]
        blocks += [markup.table([OPTION[lang], MEANS[lang]], rows)] if rows else []
    return page(COMMANDS_PAGE, lang, COMMANDS[lang], blocks)


def _side(said: str, lang: str) -> str:
    """The side of a help line in this language: `中文 / English`."""
    zh, slash, en = said.partition(" / ")
    return zh if lang == "zh" or not slash else en


def api(modules: Iterable[ModuleType], lang: str) -> Page:
    """The public functions and classes that each module defines, with their docstrings."""
    blocks = [markup.heading(1, API[lang]), API_ABOUT[lang]]
    for module in modules:
        blocks += [markup.heading(2, module.__name__), markup.text(_told(module))]
        for name, value in _public(module):
            blocks += [markup.heading(3, f"{name}"), f"```python\n{_signature(name, value)}\n```", markup.text(_told(value))]
    return page(API_PAGE, lang, API[lang], blocks)


def _public(module: ModuleType) -> list[tuple[str, object]]:
    """What a module names in `__all__`, else what it defines itself."""
    named = getattr(module, "__all__", None)
    members = [(name, getattr(module, name)) for name in (named or vars(module)) if not name.startswith("_")]
    own = [pair for pair in members if named or getattr(pair[1], "__module__", "") == module.__name__]
    return [pair for pair in own if inspect.isfunction(pair[1]) or inspect.isclass(pair[1])]


def _signature(name: str, value: object) -> str:
    kind = "class" if inspect.isclass(value) else "def"
    try:
        return f"{kind} {name}{inspect.signature(value)}" if callable(value) else name
    except ValueError:  # an exception that takes what every exception takes
        return f"{kind} {name}"


def _told(value: object) -> str:
    return " ".join((inspect.getdoc(value) or "").split())
