"""A film's running time, from words that say so of the finished film."""

from __future__ import annotations

import re

from films.reading.article import ExchangeFacts
from films.reading.talk import Said
from films.reading.values import Duration, find_clock, find_duration, plain_digits, spelled_lengths

_LONGEST_SENTENCE = 2_000  # what runs on further is no sentence, and costs too much to search
_SUBJECT = (
    r"(?:完成的版本|最后的版本|最後的版本|短片|影片|成片|片子|全片|正片|本片|整部(?:短片|片子|影片)?|这部(?:短片|片子|影片|作品)|作品|电影|电影成片|動畫|动画|最终版|终版|片长|片長|时长|時長|"
    r"完成版|本編|本作|作品|短編|映画|尺|영화|작품|완성본|단편|러닝타임|상영시간|"
    r"\b(?:the|my|our|this)\s+(?:finished |final |short |whole |completed )*(?:film|short|movie|cut|piece|version)|running time|runtime|runs? for|film runs)"
)
_BETWEEN = (
    r"(?:《[^《》]{1,40}》|\s*[“\"][^“”\"]{1,40}[”\"])?(?:一共|总共|總共|总长|全长|全長|最终|最終|最后|最後|总时长|时长|片长|長度|长度|的长度|的|长|共|有|是|为|只有|也就|就|刚好|正好|整整|定格在|停在|只保留了|保留了|剩下|は|の|が|尺|長さ|全部で|合計|은|는|이|가|총|길이|"
    r"\s|is|was|runs?|lasts?|comes? (?:in )?(?:at|to)|came (?:in )?(?:at|to)|clocks? in at|exactly|only|just|long|for|at|to|of|in total|ended up (?:at|being)|[:：]){0,6}"
)
_SAID = re.compile(rf"{_SUBJECT}{_BETWEEN}$", re.I)
_ENGLISH = re.compile(r"\b(?:my|our|this|the (?:finished|final))\s+$", re.I)
_UNSURE = re.compile(
    r"计划|打算|原本|原来|最初|本来|预计|目标|想做|想要|如果|第一版|初版|粗剪|不超过|要求|规定|以内|别的|别人|其他|其它|他的|她的|他们|放映|场次|拍摄|用时|花了|耗时|渲染|planned|plan|original|would|should|at first|rough cut|first cut|limit|under|other|his|her|their|screening|予定|最初|当初|ラフ|계획|원래|처음",
    re.I,
)
_OTHER_FILM = re.compile(
    r"上一部|上部|前一部|之前的|前作|处女作|處女作|另一部|毕业作品|下一部|\b(?:previous|last|earlier|first|next|other) (?:film|short|one)|前回|전작|이전",
    re.I,
)
_APPROXIMATE = re.compile(
    r"约|大约|大概|左右|将近|近|不到|多分|about|around|roughly|nearly|almost|約|ほど|くらい|약|정도", re.I
)


def runtime_in_field(value: str) -> int | None:
    """Seconds from a field's value: `14min.`, `03’`, `4:36`."""
    text = spelled_lengths(plain_digits(value))
    found = find_duration(text) or find_clock(text)
    bare = re.fullmatch(r"\s*(\d{1,3})\s*", text)
    return found.seconds if found else int(bare.group(1)) * 60 if bare else None


def runtime_said(answered: list[Said]) -> tuple[int, int] | None:
    """Seconds and line, from a sentence that gives the finished film's length and no plan, day or other film's."""
    for said in answered:
        for sentence in re.split(r"[。！？!?\n]", spelled_lengths(plain_digits(said.text))):
            found = _stated(sentence)
            if found:
                return found.seconds, said.line
    return None


_ASKS_LENGTH = re.compile(
    r"(?:成片|片子|影片|短片|片长|时长|全片).{0,8}(?:多长|多久|几分钟|多少分钟|长度)|how long (?:is|was) (?:the|your|this) (?:\w+ )?(?:film|short)"
    r"|(?:作品|本編|映画).{0,6}(?:何分|長さ)|(?:작품|영화).{0,6}(?:몇 분|길이)",
    re.I,
)


def runtime_asked(exchanges: list[ExchangeFacts]) -> tuple[int, int] | None:
    """Seconds and line, where the asker asks how long the film is and the answer opens with the length."""
    for exchange in exchanges:
        opening = re.split(r"[。！？!?\n]|\.(?=\s|$)", spelled_lengths(plain_digits(exchange.answer)))[0]
        found = find_duration(opening) if _ASKS_LENGTH.search(exchange.question) else None
        if found and not any(words.search(opening) for words in (_UNSURE, _APPROXIMATE, _OTHER_FILM)):
            return found.seconds, exchange.passages["answer"].first
    return None


def _stated(sentence: str) -> Duration | None:
    found = find_duration(sentence)
    if not found or len(sentence) > _LONGEST_SENTENCE:
        return None
    clause_start = max(sentence.rfind(mark, 0, found.start) for mark in "，,；;：")
    before, after = sentence[: found.start], sentence[found.end : found.end + 6]
    clause = sentence[clause_start + 1 : found.end]
    if _OTHER_FILM.search(before) or _UNSURE.search(clause) or _APPROXIMATE.search(clause[-20:] + after):
        return None
    english = _ENGLISH.search(before) and re.match(r"[\s-]*(?:short|film|movie|animation)", after)
    return found if _SAID.search(before) or english else None
