"""How long a link that was cut may stay unnoticed when it is back, beside what the runner waits."""

from tansiq.exchange.pace import REHEARSED, Pace
from tansiq.node.exercise.director import ARRIVAL_TIMEOUT_S
from tansiq.node.exercise.ground import WAIT_S


def test_a_restored_link_is_tried_again_well_within_what_the_runner_waits() -> None:
    assert REHEARSED.pause_most_s * 5 <= min(ARRIVAL_TIMEOUT_S, WAIT_S)


def test_the_pauses_of_a_live_node_grow_further() -> None:
    assert Pace().pause_most_s > REHEARSED.pause_most_s
