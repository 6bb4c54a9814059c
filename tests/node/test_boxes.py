"""Mailboxes are changed in a running federation over the real carrier; nothing is lost on the way."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tansiq.exchange.carriers.jetstream import connect
from tansiq.exchange.provisioning import read_tokens
from tansiq.model.label import Party
from tansiq.node.federation import Federation, open_federation
from tansiq.node.founding import shipped_plan

PARTIES = (Party("DZ"), Party("ML"), Party("NE"))
pytestmark = [pytest.mark.edge]


async def until(holds: Callable[[], Awaitable[bool]], within_s: float = 120.0) -> None:
    async with asyncio.timeout(within_s):
        while not await holds():
            await asyncio.sleep(0.1)


async def report(fed: Federation, party: str, number: int) -> str:
    made = await fed.client(party).post(
        "/api/records",
        {
            "kind": "report",
            "fields": {"title": f"تمرين {party} {number}", "text": "تمرين. نص قصير."},
            "label": {"level": "restricted", "audience": list(PARTIES)},
            "lang": "ar",
        },
    )
    return str(made["id"])


async def holds_all(fed: Federation, party: str, ids: list[str]) -> bool:
    codes = [(await fed.client(party).fetch(f"/api/records/{i}")).status_code for i in ids]
    return set(codes) == {200}


async def waiting(fed: Federation, box: bytes) -> int:
    """Return how many frames of a mailbox have not been taken and acknowledged."""
    client = await connect(fed.operator_url, "look")
    try:
        found = await client.jetstream().consumer_info(box.hex(), "node")
        return int(found.num_pending or 0) + int(found.num_ack_pending or 0)
    finally:
        await client.close()


async def rotated(fed: Federation) -> None:
    for party in PARTIES:
        await fed.client(party).sign_in("release")
    made = await fed.client("ML").post("/api/charter/propose", {"do": "boxes"})
    where = f"/api/charter/proposals/{made['id']}"
    for party in PARTIES:

        async def there(party: str = party) -> bool:
            return (await fed.client(party).fetch(where)).status_code == 200

        await until(there)
        await fed.client(party).post(where, {"do": "sign"})


async def story(fed: Federation) -> None:
    old = fed.charter.party("ML")
    assert old is not None
    await fed.start()
    for party in PARTIES:
        await fed.client(party).sign_in()
    ids = [await report(fed, party, n) for n, party in enumerate(PARTIES)]
    await rotated(fed)
    for party in PARTIES:
        await fed.client(party).sign_in()
    ids += [await report(fed, party, 10 + n) for n, party in enumerate(PARTIES * 3)]

    def newest() -> bool:
        return all(read_tokens((fed.node_folder(p) / "tokens").read_bytes()).epoch == 2 for p in PARTIES)

    async def told() -> bool:
        return newest()

    await until(told)
    ids += [await report(fed, party, 20 + n) for n, party in enumerate(PARTIES * 3)]
    for party in PARTIES:
        await until(lambda party=party: holds_all(fed, party, ids))  # type: ignore[misc]
    for box in (old.mailbox, old.alert_mailbox):

        async def drained(box: bytes = box) -> bool:
            return await waiting(fed, box) == 0

        await until(drained)
    chains = read_tokens((fed.node_folder(Party("DZ")) / "tokens").read_bytes()).chains
    new = next(chain[0] for chain in chains if chain[-1] == old.mailbox)
    assert new != old.mailbox
    stream = await connect(fed.operator_url, "look")
    assert (await stream.jetstream().stream_info(new.hex())).state.messages > 0
    await stream.close()
    await fed.restart_carrier()
    ids.append(await report(fed, "NE", 40))
    await until(lambda: holds_all(fed, "ML", ids))


def test_records_flow_again_after_a_rotation_of_mailboxes_and_none_is_lost(tmp_path: Path) -> None:
    fed = open_federation(tmp_path, shipped_plan().only(PARTIES), name="تنسيق", start=datetime.now(UTC))

    async def run() -> None:
        try:
            await story(fed)
        finally:
            await fed.stop()

    asyncio.run(run())
    held = [(tmp_path / "carrier" / name).read_text() for name in ("logins", "nats.conf", "nats.log")]
    assert not any(re.search(rf"\b{party}\b", text) for text in held for party in PARTIES)
