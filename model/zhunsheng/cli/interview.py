"""`interview`: asks for the facts that can still change an answer, one at a time, and keeps the case file up to date."""

from __future__ import annotations

import argparse
import errno
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zhunsheng.cli.shared import CUT_OFF, DONE, NOT_SHOWN, common, language, pack_of, say, show
from zhunsheng.errors import ContradictoryFacts, InputError, NotShown, Place, Problem

if TYPE_CHECKING:
    from zhunsheng.ask.interviewing.interview import Interviewer, Question, Standing
    from zhunsheng.lang.case import Case
    from zhunsheng.lang.pack import Pack
    from zhunsheng.show.interviewing.interview import Interviewing

STOP = frozenset(("q", "quit", "停", "停止", "退出"))


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command of this module, with its options."""
    command = commands.add_parser("interview", help="逐项提问，写成案卷 / ask for the facts and write the case")
    command.add_argument("case", metavar="CASE", help="案件文件，没有的新建 / the case file; made if there is none")
    command.add_argument("--answer", nargs="+", action="extend", metavar="NAME", help="只问这些事项 / only these answers")
    command.add_argument("--save", metavar="FILE", help="存到另一个文件 / keep it in another file")
    command.add_argument("--force", action="store_true", help="覆盖已有文件 / replace a file that exists")
    command.add_argument(
        "--unknown", nargs="+", action="extend", metavar="FACT", default=[],
        help="与--json并用：不再问的事实 / with --json: facts not to be asked for",
    )  # fmt: skip
    common(command, interview)


def interview(args: argparse.Namespace) -> int:
    """`interview CASE`: 3 if what the answers depend on was not shown."""
    from zhunsheng.ask.interviewing.interview import Interviewer
    from zhunsheng.show.interviewing.interview import Interviewing

    path = Path(args.case)
    pack = pack_of(args, path if path.exists() else None)
    if args.json:
        return _next(args, pack, path)
    if args.unknown:
        what = "this is for programs that ask with --json"
        raise InputError([Problem(Place("--unknown"), what, "answer ? to a question of which you do not know")])
    case, file = _opened(args, pack, path)
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    talk = _Talk(Interviewer(pack, args.answer or list(pack.answers)), Interviewing(pack, language(args)), file, case)
    try:
        return talk.run()
    except KeyboardInterrupt:
        say(f"\n{talk.words.halted(str(file))}")
        raise
    except OSError as error:  # the terminal is gone: nobody is left to tell, and the file holds every answer
        if error.errno != errno.EIO:
            raise
        return CUT_OFF


def _next(args: argparse.Namespace, pack: Pack, path: Path) -> int:
    """Where the interview stands, for a program that puts the question itself: nothing is asked, nothing written."""
    from zhunsheng.ask.interviewing.interview import Interviewer
    from zhunsheng.read import load_case
    from zhunsheng.show.deciding import json
    from zhunsheng.show.interviewing.json import interview_json

    case = load_case(path, pack) if path.exists() else _blank(pack, path)
    asker = Interviewer(pack, args.answer or list(pack.answers))
    asker.refuse_contradiction(case)
    standing = asker.standing(case, frozenset(args.unknown))
    return say(json.dumps(interview_json(pack, case, asker.asked(case), asker.may(case), standing)))


def _blank(pack: Pack, path: Path) -> Case:
    """A case of which nothing is known."""
    from zhunsheng.read import parse_case
    from zhunsheng.read.reply import blank_facts

    return replace(parse_case(f"pack: {pack.name}\nfacts: {{}}\n", str(path), pack), facts=blank_facts(pack))


def _opened(args: argparse.Namespace, pack: Pack, path: Path) -> tuple[Case, Path]:
    """The case to begin with, and the file to keep it in: one that holds more than an interview writes is left as it is."""
    from zhunsheng.read import load_case
    from zhunsheng.show.deciding.case_yaml import case_text
    from zhunsheng.show.files import EXISTS, write_new

    file = Path(args.save or path)
    if path.exists():
        case = load_case(path, pack)
        if file == path and not args.force and path.read_text(encoding="utf-8") != case_text(pack, case):
            what = "this file holds more than an interview keeps (remarks, expectations, an order of its own)"
            raise InputError([Problem(Place(str(path)), what, "add --save NEW.yaml to keep the answers in another file")])
    else:
        case = _blank(pack, path)
    if file != path and file.exists() and not args.force:
        raise InputError([Problem(Place(str(file)), *EXISTS)])
    write_new(file, case_text(pack, case).encode(), force=True)
    return case, file


class _Talk:
    """One interview on the standard streams. The case is written before anything is said of an answer."""

    def __init__(self, asker: Interviewer, words: Interviewing, file: Path, case: Case) -> None:
        self.asker, self.words, self.file, self.case = asker, words, file, case
        self.skipped: frozenset[str] = frozenset()
        self.number = 0

    def run(self) -> int:
        standing = self.asker.standing(self.case)
        while standing.question is not None:
            self.number += 1
            if not self._put(standing.question):
                say(f"\n{self.words.halted(str(self.file))}")
                return DONE
            before = standing.settled
            standing = self.asker.standing(self.case, self.skipped, before)
            say(self.words.progress(self.asker.asked(self.case), self.asker.may(self.case), standing.settled, before))
        return self._end(standing)

    def _put(self, question: Question) -> bool:
        """Asks until there is an answer. False where the person stops."""
        from zhunsheng.read.reply import is_not_known
        from zhunsheng.show.interviewing.words import NOTED, PROMPT

        say(self.words.question(self.case, question, self.number))
        while True:
            say(PROMPT[self.words.lang])
            sys.stdout.flush()
            text = sys.stdin.readline()
            if not text or text.strip().lower() in STOP:
                return False
            if not text.strip():
                continue
            if is_not_known(text):
                self.skipped |= {question.path}
                say(f"{NOTED[self.words.lang]}\n")
                return True
            case = self._told(question, text)
            if case is not None:
                self._keep(case)
                return True

    def _told(self, question: Question, text: str) -> Case | None:
        from zhunsheng.ask.interviewing.interview import EXISTS, HOW_MANY
        from zhunsheng.read import reply
        from zhunsheng.show.mistakes.problems import contradictory_facts, message

        pack = self.asker.pack
        try:
            if question.kind == HOW_MANY:
                case = reply.with_number_told(pack, self.case, question.spot.name, text)
            elif question.kind == EXISTS:
                case = reply.with_existence_told(pack, self.case, question.spot.name, text)
            else:
                case = reply.with_value_told(pack, self.case, question.spot, text)
        except InputError as error:
            say(self.words.wrong(error))
            return None
        try:
            self.asker.refuse_contradiction(case)
        except ContradictoryFacts as error:
            say(self.words.contradicts(contradictory_facts(error, pack, self.words.lang).strip()))
            return None
        except InputError as error:
            say(self.words.contradicts("; ".join(message(one.what, self.words.lang) for one in error.problems)))
            return None
        return case

    def _keep(self, case: Case) -> None:
        from zhunsheng.show.deciding.case_yaml import case_text
        from zhunsheng.show.files import write_new

        write_new(self.file, case_text(self.asker.pack, case).encode(), force=True)
        self.case = case

    def _end(self, standing: Standing) -> int:
        try:
            outcomes, assumed = self.asker.concluded(self.case, standing)
        except NotShown as reason:
            say(self.words.halted(str(self.file)))
            raise NotShown(str(reason)) from None
        show(self.words.ending(self.case, outcomes, assumed, standing.left, self.number, str(self.file)))
        return DONE if outcomes else NOT_SHOWN
