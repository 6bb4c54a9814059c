"""Ports kept for servers of one's own."""

import gc
import socket

import pytest

from tansiq.base.ports import LOOPBACK, free_port, hold, port_is_free


def listening(port: int) -> socket.socket:
    """Listen as servers do: a port left a moment ago is no obstacle."""
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((LOOPBACK, port))
    server.listen()
    return server


def test_who_is_told_a_held_port_listens_on_it_and_answers() -> None:
    held = hold()
    with listening(held.number), socket.create_connection((LOOPBACK, held.number), timeout=5) as guest:
        assert guest.getpeername()[1] == held.number
    held.release()


def test_nobody_else_holds_a_held_port() -> None:
    held = hold()
    with pytest.raises(OSError, match="in use"):
        hold(held.number)
    held.release()
    hold(held.number).release()


def test_a_server_that_starts_again_holds_its_port_again() -> None:
    before = hold()
    again = hold(before.number, again=True)
    before.release()
    with pytest.raises(OSError, match="in use"):
        hold(again.number)
    again.release()


def test_a_port_somebody_listens_on_is_not_free() -> None:
    held = hold()
    assert port_is_free(held.number)
    with listening(held.number):
        assert not port_is_free(held.number)
        with pytest.raises(OSError, match="in use"):
            hold(held.number, again=True)
    held.release()


def test_a_port_goes_with_whoever_held_it() -> None:
    number = hold().number
    gc.collect()
    hold(number).release()


def test_the_system_gives_a_held_port_to_nobody_who_asks_for_any() -> None:
    held = [hold() for _ in range(300)]
    numbers = {each.number for each in held}
    assert len(numbers) == 300
    assert not numbers & {free_port() for _ in range(3000)}
    for each in held:
        each.release()
