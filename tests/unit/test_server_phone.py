"""What a phone is let in by: the home's authority, the register and the codes."""

from __future__ import annotations

import ipaddress
import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from homebody.core.clock import ManualClock
from homebody.core.errors import RecordError
from homebody.server.phone import register as register_module
from homebody.server.phone.admission import name_of
from homebody.server.phone.authority import RENEW_BEFORE, SERVER_LIVES, Authority, vouches_for
from homebody.server.phone.invitation import LIVES_S, MOST, Invitations
from homebody.server.phone.register import Phones

NOW = datetime(2026, 3, 4, 20, tzinfo=UTC)
ADDRESS = ipaddress.ip_address("192.168.1.5")


def clock_at(now: datetime = NOW) -> ManualClock:
    return ManualClock(now)


def served(authority: Authority, *addresses: str) -> x509.Certificate:
    files = authority.serve(("home.local",), [ipaddress.ip_address(each) for each in addresses])
    return x509.load_pem_x509_certificate(files.certificate.read_bytes())


def test_the_authority_vouches_for_the_home_and_for_no_web_site(tmp_path: Path) -> None:
    authority = Authority(tmp_path / "authority", clock_at())
    made = x509.load_der_x509_certificate(authority.certificate)
    constraints = made.extensions.get_extension_for_class(x509.NameConstraints)
    assert constraints.critical
    permitted = constraints.value.permitted_subtrees
    assert permitted is not None
    assert [each.value for each in permitted if isinstance(each, x509.DNSName)] == ["local"]
    networks = [each.value for each in permitted if isinstance(each, x509.IPAddress)]
    assert all(network.is_private or str(network) == "100.64.0.0/10" for network in networks)
    basic = made.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (basic.ca, basic.path_length) == (True, 0)
    for file in ("ca.key", "ca.crt"):
        assert stat.S_IMODE((tmp_path / "authority" / file).stat().st_mode) == 0o600


def test_a_public_address_is_not_vouched_for(tmp_path: Path) -> None:
    assert vouches_for(ADDRESS) and not vouches_for(ipaddress.ip_address("8.8.8.8"))
    with pytest.raises(ValueError, match=r"8\.8\.8\.8"):
        Authority(tmp_path, clock_at()).serve((), [ipaddress.ip_address("8.8.8.8")])


def test_a_certificate_is_kept_until_it_will_not_do(tmp_path: Path) -> None:
    first = served(Authority(tmp_path, clock_at()), "192.168.1.5")
    assert served(Authority(tmp_path, clock_at()), "192.168.1.5") == first
    other = served(Authority(tmp_path, clock_at()), "192.168.1.6")
    assert other != first
    late = NOW + SERVER_LIVES - RENEW_BEFORE + timedelta(days=1)
    renewed = served(Authority(tmp_path, clock_at(late)), "192.168.1.6")
    assert renewed != other and renewed.not_valid_after_utc == late + SERVER_LIVES


def test_an_authority_is_kept_for_years_and_then_made_anew(tmp_path: Path) -> None:
    first = Authority(tmp_path, clock_at()).fingerprint
    assert Authority(tmp_path, clock_at(NOW + timedelta(days=3000))).fingerprint == first
    assert Authority(tmp_path, clock_at(NOW + timedelta(days=3300))).fingerprint != first
    assert len(first.split(":")) == 32


@pytest.mark.parametrize("file", ["ca.key", "ca.crt"])
def test_a_damaged_authority_is_told_and_never_replaced_in_silence(tmp_path: Path, file: str) -> None:
    Authority(tmp_path, clock_at())
    (tmp_path / file).write_text("damaged")
    with pytest.raises(RecordError, match="cannot be used") as caught:
        Authority(tmp_path, clock_at())
    assert "phones then have to trust the new one" in caught.value.hint


def test_a_key_of_another_authority_is_noticed(tmp_path: Path) -> None:
    Authority(tmp_path / "a", clock_at())
    Authority(tmp_path / "b", clock_at())
    (tmp_path / "b" / "ca.key").replace(tmp_path / "a" / "ca.key")
    with pytest.raises(RecordError, match="belong together"):
        Authority(tmp_path / "a", clock_at())


def test_a_server_certificate_that_was_damaged_is_made_anew(tmp_path: Path) -> None:
    first = served(Authority(tmp_path, clock_at()), "192.168.1.5")
    (tmp_path / "server.key").write_text("damaged")
    assert served(Authority(tmp_path, clock_at()), "192.168.1.5") != first


# the register


async def test_a_phone_is_known_by_its_token_alone(tmp_path: Path) -> None:
    path, clock = tmp_path / "phones.json", clock_at()
    phones = Phones(path, clock)
    token = phones.add("iPhone")
    assert token not in path.read_text() and stat.S_IMODE(path.stat().st_mode) == 0o600
    again = Phones(path, clock)
    phone = again.find(token)
    assert phone is not None and (phone.name, phone.seen_on) == ("iPhone", "")
    assert not any(again.find(guess) for guess in ("", token + "x", phone.token_sha256))
    again.seen(phone)
    await clock.advance(86_400)
    again.seen(phone)
    assert [each.seen_on for each in Phones(path, clock).all()] == ["2026-03-05"]
    assert again.forget("nobody") is None
    assert again.forget(phone.id) is not None
    assert again.find(token) is None and not again.knows(phone) and len(Phones(path, clock)) == 0


def test_who_listens_hears_of_phones_until_it_stops(tmp_path: Path) -> None:
    phones, heard = Phones(tmp_path / "phones.json", clock_at()), []
    stop = phones.subscribe(lambda: heard.append(len(phones)))
    phones.add("a")
    stop()
    phones.add("b")
    assert heard == [1]


def test_there_is_an_end_to_phones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register_module, "MOST", 2)
    phones = Phones(tmp_path / "phones.json", clock_at())
    phones.add("a")
    phones.add("b")
    with pytest.raises(RecordError, match="2 phones are paired already"):
        phones.add("c")


NO_MOMENT = {"id": "x", "name": "", "token_sha256": "", "paired_at": "?"}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '{"schema": "homebody.phones/2", "phones": []}',
        '{"phones": []}',
        '{"schema": "homebody.phones/1", "phones": [{"id": "x"}]}',
        json.dumps({"schema": "homebody.phones/1", "phones": [NO_MOMENT]}),
    ],
)
def test_a_register_that_cannot_be_read_lets_nobody_in(tmp_path: Path, content: str) -> None:
    (tmp_path / "phones.json").write_text(content)
    with pytest.raises(RecordError, match="cannot be read"):
        Phones(tmp_path / "phones.json", clock_at())


def test_the_register_has_its_documented_form(tmp_path: Path) -> None:
    Phones(tmp_path / "phones.json", clock_at()).add("iPad")
    told = json.loads((tmp_path / "phones.json").read_text())
    assert told["schema"] == "homebody.phones/1"
    assert set(told["phones"][0]) == {"id", "name", "token_sha256", "paired_at", "seen_on"}


# codes


async def test_a_code_is_good_once_and_for_ten_minutes() -> None:
    clock = clock_at()
    invitations = Invitations(clock)
    code, late = invitations.make(), invitations.make()
    assert invitations.is_good(code) and invitations.take(code) and not invitations.take(code)
    await clock.advance(LIVES_S)
    assert not invitations.is_good(late) and not invitations.take(late)
    assert not invitations.take("") and not invitations.take("guess")


def test_there_is_an_end_to_codes() -> None:
    invitations = Invitations(clock_at())
    first, *others = [invitations.make() for _ in range(MOST + 1)]
    assert not invitations.is_good(first) and all(map(invitations.is_good, others))


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)", "iPhone"),
        ("Mozilla/5.0 (Linux; Android 16; 24129PN74C)", "Android"),
        ("curl/8", "phone"),
        ("", "phone"),
    ],
)
def test_a_phone_is_called_what_it_says_it_is(agent: str, name: str) -> None:
    assert name_of(agent) == name
