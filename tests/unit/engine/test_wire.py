"""Text and marks through a pipe: order, cut characters, ends."""

import os

import pytest

from helpers.engine.wire import PipeStream, StreamTap, write_all

MARK = b"\0mark\0"


@pytest.fixture
def pipe():
    read, write = os.pipe()
    tap = StreamTap(read, MARK)
    open_ends = [write]
    yield tap, write, open_ends
    tap.close()
    for fd in open_ends:
        os.close(fd)


def test_text_is_cut_at_marks(pipe):
    tap, write, _ = pipe
    write_all(write, b"one" + MARK + b"two" + MARK + b"rest")
    assert tap.until_mark() == "one"
    assert tap.until_mark() == "two"
    assert tap.rest() == "rest"


def test_an_empty_stretch_is_empty(pipe):
    tap, write, _ = pipe
    write_all(write, MARK + MARK)
    assert (tap.until_mark(), tap.until_mark(), tap.rest()) == ("", "", "")


def test_a_character_may_come_in_two_pieces(pipe):
    tap, write, _ = pipe
    euro = "€".encode()
    os.write(write, b"a" + euro[:1])
    assert tap.read()
    os.write(write, euro[1:] + MARK)
    assert tap.until_mark() == "a€"


def test_bytes_that_are_no_text_do_not_stop_it(pipe):
    tap, write, _ = pipe
    os.write(write, b"\xff" + MARK)
    assert tap.until_mark() == "�"


def test_a_mark_may_come_in_two_pieces(pipe):
    tap, write, _ = pipe
    os.write(write, b"x" + MARK[:3])
    tap.read()
    os.write(write, MARK[3:] + b"y")
    assert tap.until_mark() == "x"
    assert tap.rest() == "y"


def test_what_is_left_after_the_end_is_all_there_is(pipe):
    tap, write, open_ends = pipe
    os.write(write, b"before" + MARK + b"after")
    os.close(write)
    open_ends.clear()
    assert tap.rest() == "beforeafter"
    assert tap.ended


def test_a_mark_that_never_comes_does_not_hang(pipe):
    tap, write, open_ends = pipe
    os.write(write, b"text")
    os.close(write)
    open_ends.clear()
    assert tap.until_mark() == "text"


def test_a_stream_announces_its_marks(pipe):
    tap, write, _ = pipe
    told = []
    stream = PipeStream("stdout", write, MARK, lambda *message: told.append(message))
    assert stream.write("é\n") == 2
    assert told == []
    stream.flush()
    assert told == [("flush", {"name": "stdout"})]
    assert tap.until_mark() == "é\n"
    assert (stream.isatty(), stream.writable(), stream.fileno()) == (False, True, write)


def test_a_stream_takes_text_only(pipe):
    _, write, _ = pipe
    stream = PipeStream("stdout", write, MARK, lambda *_: None)
    with pytest.raises(TypeError, match="must be str, not <class 'bytes'>"):
        stream.write(b"x")


def test_a_forked_copy_of_a_stream_writes_but_marks_nothing(pipe):
    tap, write, _ = pipe
    told = []
    stream = PipeStream("stdout", write, MARK, lambda *message: told.append(message))
    stream._owner = os.getpid() + 1
    stream.write("from a copy")
    stream.flush()
    assert told == []
    assert tap.rest() == "from a copy"
