"""Numbers in words: Chinese up to 99, English ordinals up to the tenth."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def chinese_number(number: int) -> str:
    """1 to 99 as 一 to 九十九; any other number in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    left = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return left + (DIGITS[ones] if ones else "")


def chinese_amount(number: int) -> str:
    """A number before a measure word: 两, not 二."""
    return "两" if number == 2 else chinese_number(number)


def english_ordinal(number: int) -> str:
    """`first` to `tenth`, then `11th`, `21st`, …"""
    if 0 < number <= len(ORDINALS):
        return ORDINALS[number - 1]
    endings = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if number % 100 in (11, 12, 13) else endings.get(number % 10, "th")
    return f"{number}{ending}"
