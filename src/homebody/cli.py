"""The command line. Errors that a person can mend end in one line and a non-zero exit, never in a traceback.

Exit codes: 0 done; 2 wrong input; 3 refused, not possible, not proved or waiting for a yes; 4 not understood;
130 stopped by a person. Each command imports what it needs when it runs, so that all of them start at once.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import tempfile
import traceback
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

from homebody import __version__
from homebody.core.errors import HomebodyError, InputError, RecordError, TextError
from homebody.core.settings import Settings, load_settings

if TYPE_CHECKING:
    from homebody.assistant.assistant import Assistant
    from homebody.assistant.turn import Turn
    from homebody.assistant.understanding.understanding import Understanding

NOT_POSSIBLE, NOT_UNDERSTOOD, STOPPED = 3, 4, 130
EXIT = {"done": 0, "asked": NOT_POSSIBLE, "not_done": NOT_POSSIBLE, "not_understood": NOT_UNDERSTOOD}

T = TypeVar("T")

app = typer.Typer(
    no_args_is_help=True,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Homebody 宅家: the AI of the things you own, on a computer you own.",
)

HomeOption = Annotated[
    Path | None, typer.Option("--home", help="A home file; the built-in simulated home without one.")
]
NoModel = Annotated[bool, typer.Option("--no-model", help="Grammar only, no language model.")]


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", is_eager=True, help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"homebody {__version__}")
        raise typer.Exit
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")


def _settings(home: Path | None = None, no_model: bool = False, **overrides: object) -> Settings:
    model = "none" if no_model else None
    return load_settings(overrides={"home_file": home, "model": model, **overrides})


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run in a loop whose threads keep the network purpose that they act for."""
    from homebody.core.gate import ContextExecutor  # noqa: PLC0415

    async def main() -> T:
        asyncio.get_running_loop().set_default_executor(ContextExecutor(thread_name_prefix="homebody"))
        return await work

    return asyncio.run(main())


# homebody run


@app.command()
def run(
    home: HomeOption = None,
    port: Annotated[int | None, typer.Option(help="Port of the page (8470).")] = None,
    no_model: NoModel = False,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """The assistant and its page: the main job."""
    from homebody.commands.run import run as serve  # noqa: PLC0415
    from homebody.core.instance import InstanceLock  # noqa: PLC0415

    settings = _settings(home, no_model, port=port)
    with InstanceLock(settings.data_dir):
        _run(serve(settings, typer.echo, open_page=open_page))


# homebody listen


@app.command()
def listen(home: HomeOption = None, no_model: NoModel = False) -> None:
    """Talk to this machine's microphone; the answer comes from its loudspeaker.

    The Homebody that runs on this machine answers; without one, a home of its own does.
    """
    from homebody.commands.listen import listen as hear  # noqa: PLC0415

    _run(hear(_settings(home, no_model), typer.echo))


# homebody pair


@app.command()
def pair(
    list_: Annotated[bool, typer.Option("--list", help="Show which phones are paired.")] = False,
    forget: Annotated[str | None, typer.Option(help="Id of a phone that shall come in no more.")] = None,
) -> None:
    """Let a phone in: a code to scan, good once, for the Homebody that runs on this machine.

    Exit 0: a phone was paired. 3: none came while the code was good.
    """
    from homebody.commands import pair as pairing  # noqa: PLC0415

    settings = _settings()
    if list_:
        pairing.show(settings)
    elif forget is not None:
        pairing.forget(settings, forget)
    elif not pairing.pair(settings):
        raise typer.Exit(NOT_POSSIBLE)


# homebody ask


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="What you say, in Chinese or English.")],
    home: HomeOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole turn (homebody.turn/1).")] = False,
    no_model: NoModel = False,
    area: Annotated[str | None, typer.Option(help="Id of the area that you are in.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Say yes to what would be asked.")] = False,
) -> None:
    """One turn. A Homebody that runs on this machine answers; without one, a home of its own does.

    Exit 0: done or answered. 3: refused, not possible, not proved, or a yes is awaited. 4: not understood.
    """
    settings = _settings(home, no_model, area=area)
    answered = _ask_running(settings, text, area, yes) if home is None else None
    turn = answered if answered is not None else _run(_ask_here(settings, text, yes))
    if as_json:
        typer.echo(json.dumps(turn, ensure_ascii=False, indent=2))
    else:
        typer.echo(turn["reply"])
    raise typer.Exit(EXIT[turn["status"]])


def _ask_running(settings: Settings, text: str, area: str | None, yes: bool) -> dict[str, Any] | None:
    """The turn as the running Homebody answers it; None where none runs on this data folder."""
    from homebody.server.door import ask_through, read_door  # noqa: PLC0415

    door = read_door(settings.data_dir)
    if door is None:
        return None
    return ask_through(door, text, area=area, yes=yes, timeout_s=settings.deadline_s + 30)


async def _ask_here(settings: Settings, text: str, yes: bool) -> dict[str, Any]:
    from homebody.assistant.assembly import assemble  # noqa: PLC0415
    from homebody.assistant.turn import Utterance  # noqa: PLC0415
    from homebody.core.instance import InstanceLock  # noqa: PLC0415

    _check_text(text)
    try:
        lock = InstanceLock(settings.data_dir)
    except RecordError:
        if settings.home_file is None:
            raise
        lock = None  # another home than the one that runs: answer, and leave that one's journal alone
    try:
        assistant = assemble(settings, journal=lock is not None)
        try:
            await assistant.registry.start()
            await _model_if_needed(assistant, text)
            conversation = assistant.conversation()
            turn = await assistant.turn(Utterance(text=text, channel="cli"), conversation)
            if turn.status == "asked" and yes:
                turn = await assistant.turn(Utterance(text=_yes(turn), channel="cli"), conversation)
            return turn.to_json()
        finally:
            await assistant.close()
    finally:
        if lock is not None:
            lock.release()


def _yes(turn: Turn) -> str:
    return "确定" if turn.plan.language == "zh" else "yes"


async def _model_if_needed(assistant: Assistant, text: str) -> None:
    """Load the model where it is here and the grammar is not sure; one sentence is not worth a download."""
    from homebody.assistant.understanding.model.asking import needs_model  # noqa: PLC0415

    if needs_model(assistant.understanding.read(text).plan):
        assistant.models.start()
        await assistant.models.wait()


def _check_text(text: str) -> None:
    from homebody.assistant.turn import MAX_TEXT  # noqa: PLC0415

    if not text.strip():
        raise TextError("There is nothing to understand: the text is empty")
    if len(text) > MAX_TEXT:
        raise TextError(
            f"The text has {len(text):,} characters; at most {MAX_TEXT:,} are read",
            hint="say it in shorter sentences",
        )


# homebody plan


@app.command()
def plan(
    text: Annotated[
        str | None, typer.Argument(help="A sentence; without it, one a line of standard input.")
    ] = None,
    home: HomeOption = None,
    no_model: NoModel = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the plan came about.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema of plans.")] = False,
) -> None:
    """What a sentence would do in this home, as JSON. Nothing is done."""
    if schema:
        from pydantic import TypeAdapter  # noqa: PLC0415

        from homebody.assistant.plan import Plan  # noqa: PLC0415

        typer.echo(json.dumps(TypeAdapter(Plan).json_schema(), ensure_ascii=False, indent=2))
        return
    settings = _settings(home, no_model)
    if text is not None:
        _check_text(text)
    statuses = _run(_plans(settings, [text] if text is not None else sys.stdin, explain, text is not None))
    raise typer.Exit(statuses if text is not None else 0)


async def _plans(settings: Settings, lines: Any, explain: bool, alone: bool) -> int:
    """Print the plan of each line; the exit code of the last one."""
    from homebody.assistant.assembly import home_of, models_of  # noqa: PLC0415
    from homebody.assistant.context import Context  # noqa: PLC0415
    from homebody.assistant.turn import Utterance  # noqa: PLC0415
    from homebody.assistant.understanding.understanding import Understanding  # noqa: PLC0415
    from homebody.core.clock import SystemClock  # noqa: PLC0415
    from homebody.core.gate import install_gate  # noqa: PLC0415

    house = home_of(settings)
    models = models_of(settings, install_gate())
    understanding = Understanding(
        house, SystemClock(), states=lambda device: house.state.get(device, {}), model=models.current
    )
    code = 0
    try:
        for line in lines:
            if not line.strip():
                continue
            _check_text(line)
            said = line.rstrip("\n")
            await _model_for(understanding, said, models)
            understood = await understanding.understand(
                Utterance(text=said), Context(area=settings.area or None)
            )
            code = _plan_code(understood.plan)
            typer.echo(json.dumps(understood.plan.to_json(), ensure_ascii=False, indent=2 if alone else None))
            if explain:
                for note in understanding.read(said).explanation:
                    typer.echo(json.dumps(note, ensure_ascii=False, default=str))
    finally:
        await models.close()
    return code


async def _model_for(understanding: Understanding, text: str, models: Any) -> None:
    from homebody.assistant.understanding.model.asking import needs_model  # noqa: PLC0415

    if models.current() is None and needs_model(understanding.read(text).plan):
        models.start()
        await models.wait()


def _plan_code(made: Any) -> int:
    if made.steps or made.say or made.answer:
        return 0
    silent = all(problem.kind == "not_understood" for problem in made.problems)
    return NOT_UNDERSTOOD if silent else NOT_POSSIBLE


# homebody say, homebody transcribe


@app.command()
def say(
    text: Annotated[str | None, typer.Argument(help="What to say, in Chinese or English.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write a sound file (.wav, .flac, .ogg, .mp3) instead.")
    ] = None,
    voice: Annotated[
        str | None, typer.Option(help="One of --voices; that of the settings without it.")
    ] = None,
    speed: Annotated[float, typer.Option(help="0.5 to 2; 1 is usual.")] = 1.0,
    list_voices: Annotated[bool, typer.Option("--voices", help="Print the voices that there are.")] = False,
) -> None:
    """Say a text aloud on this machine, or into a file."""
    from homebody.commands import speech  # noqa: PLC0415

    settings = _settings()
    if list_voices:
        speech.voices(settings)
        return
    if text is None:
        raise TextError("There is nothing to say", hint="homebody say TEXT, or homebody say --voices")
    speech.say(settings, text, out=out, voice=voice, speed=speed)


@app.command()
def transcribe(
    files: Annotated[list[Path], typer.Argument(help="Sound files: WAV, FLAC, OGG, MP3 and others.")],
    language: Annotated[str | None, typer.Option(help="zh or en; found out without it.")] = None,
    phrase: Annotated[
        list[str] | None, typer.Option(help="A name or word to expect; give it as often as you like.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A line a file (homebody.transcript/1).")] = False,
) -> None:
    """Write down what is said in sound files. Exit 4: nothing was said."""
    from homebody.commands import speech  # noqa: PLC0415

    if language is not None and language not in ("zh", "en"):
        raise InputError(f"{language!r} is not a language that is heard", hint="zh or en")
    chosen: Literal["zh", "en"] | None = "zh" if language == "zh" else "en" if language == "en" else None
    said = speech.transcribe(_settings(), files, language=chosen, phrases=phrase or (), as_json=as_json)
    raise typer.Exit(0 if said else NOT_UNDERSTOOD)


# homebody models


models_app = typer.Typer(
    no_args_is_help=True, help="Language and speech models: list, pull, verify, fit, remove."
)
app.add_typer(models_app, name="models")


@models_app.command("list")
def models_list() -> None:
    """The models of the catalogue, and which ones are here."""
    from homebody.commands import models  # noqa: PLC0415

    models.show(_settings())


@models_app.command("pull")
def models_pull(
    model: Annotated[
        str | None, typer.Argument(help="An id of the catalogues, or speech; what fits without it.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--from", help="Take it from this file instead of the network.")
    ] = None,
) -> None:
    """Fetch a model. Goes on where an earlier fetch stopped; calling this is the consent."""
    from homebody.commands import models  # noqa: PLC0415

    _run(models.pull(_settings(), model, file))


@models_app.command("verify")
def models_verify() -> None:
    """Read every model that is here and compare its hash."""
    from homebody.commands import models  # noqa: PLC0415

    _run(models.verify(_settings()))


@models_app.command("fit")
def models_fit() -> None:
    """Which model suits this machine, and why."""
    from homebody.commands import models  # noqa: PLC0415

    models.fit()


@models_app.command("remove")
def models_remove(model: Annotated[str, typer.Argument(help="An id of the catalogue.")]) -> None:
    """Delete a model, and what had arrived of it."""
    from homebody.commands import models  # noqa: PLC0415

    models.remove(_settings(), model)


# homebody devices


robot_app = typer.Typer(no_args_is_help=True, help="The robot dog: skills, do, sim.")
app.add_typer(robot_app, name="robot")


@robot_app.command("skills")
def robot_skills() -> None:
    """What the dog can be told, with arguments and how success is seen."""
    from homebody.commands import robot  # noqa: PLC0415

    robot.skills()


@robot_app.command("do")
def robot_do(
    skill: Annotated[str, typer.Argument(help="A skill, as `homebody robot skills` shows it.")],
    arguments: Annotated[list[str] | None, typer.Argument(help="Its arguments: area=kitchen.")] = None,
    home: HomeOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome (homebody.skill/1).")] = False,
) -> None:
    """Let the home's dog do one skill. Exit 0: it was seen to be done. 3: it was not.

    The home file says whether that is a simulated dog on this machine or a robot.
    """
    from homebody.commands import robot  # noqa: PLC0415

    if not _run(robot.do(_settings(home), skill, arguments or [], as_json=as_json)):
        raise typer.Exit(NOT_POSSIBLE)


@robot_app.command("sim")
def robot_sim(home: HomeOption = None) -> None:
    """A dog without physics in the rooms of the home, on this machine's wire, until Ctrl+C."""
    from homebody.commands import robot  # noqa: PLC0415

    _run(robot.simulate(_settings(home)))


devices_app = typer.Typer(no_args_is_help=True, help="Devices: list, discover, add, drill, simulate.")
app.add_typer(devices_app, name="devices")


@devices_app.command("list")
def devices_list(home: HomeOption = None) -> None:
    """Every device of the home: its state, when it was last seen, how and how fast it answers."""
    from homebody.commands import devices  # noqa: PLC0415

    _run(devices.show(_settings(home)))


@devices_app.command("discover")
def devices_discover(
    where: Annotated[
        list[str] | None, typer.Argument(help="Addresses and networks (192.168.1.0/24); all without it.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """What answers on the local network. Calling this is the leave to ask it."""
    from homebody.commands import devices  # noqa: PLC0415

    _run(devices.discover(_settings(home), where or []))


@devices_app.command("broker")
def devices_broker(
    host: Annotated[str, typer.Argument(help="Address of the home's MQTT broker.")],
    home: HomeOption = None,
    port: Annotated[int | None, typer.Option(help="TCP port; 1883, or 8883 with --tls.")] = None,
    username: Annotated[str, typer.Option(help="The name that Homebody has there.")] = "",
    tls: Annotated[bool, typer.Option("--tls", help="Speak to it over TLS.")] = False,
    ca: Annotated[str, typer.Option(help="A file with the authority that signed its certificate.")] = "",
) -> None:
    """Name the home's MQTT broker: it is tried, and goes into the home file; its password is kept apart.

    The password is asked for where there is a name; where standard input is no terminal, it is the first
    line of it.
    """
    from homebody.commands import broker  # noqa: PLC0415

    password = _secret("Its password") if username else ""
    new = broker.NewBroker(host=host, port=port, username=username, password=password, tls=tls, ca=ca)
    _run(broker.join(_settings(home), new))


@devices_app.command("drill")
def devices_drill(
    home: HomeOption = None,
    unplugged: Annotated[
        bool, typer.Option("--unplugged", help="Say that the home's line to the internet is unplugged now.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the record (homebody.drill/1).")] = False,
) -> None:
    """Cut off from the internet, ask every device, and command it where that is harmless: what lives?

    What is changed is put back. Locks, valves, alarms, what moves and what heats are only asked. The record
    is kept, and the page shows the last one. Exit 0: every device answered. 3: some did not, or did not obey.
    """
    from homebody.commands import drill  # noqa: PLC0415

    try:
        whole = _run(drill.drill(_settings(home), unplugged=unplugged, as_json=as_json))
    except asyncio.CancelledError:
        raise typer.Exit(STOPPED) from None
    raise typer.Exit(0 if whole else NOT_POSSIBLE)


add_app = typer.Typer(no_args_is_help=True, help="Add a device to the home file.")
devices_app.add_typer(add_app, name="add")


@add_app.command("mqtt")
def devices_add_mqtt(
    which: Annotated[str, typer.Argument(help="Its id or name, as `homebody devices discover` shows it.")],
    home: HomeOption = None,
    id_: Annotated[str, typer.Option("--id", help="Id in the home file.")] = "",
    name: Annotated[str, typer.Option(help="What you call it.")] = "",
    area: Annotated[str, typer.Option(help="Id of the area that it is in.")] = "",
) -> None:
    """Add a device behind the home's MQTT broker: its entry goes into the home file."""
    from homebody.commands import broker  # noqa: PLC0415

    _run(broker.add(_settings(home), broker.NewBehindBroker(which=which, id=id_, name=name, area=area)))


@add_app.command("home-assistant")
def devices_add_home_assistant(
    url: Annotated[str, typer.Argument(help="Its address, such as http://homeassistant.local:8123.")],
    home: HomeOption = None,
    ca: Annotated[str, typer.Option(help="A file with the authority that signed its certificate.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Agree to writing what it has.")] = False,
) -> None:
    """Add what a Home Assistant has: a home file is made of it, or what is not in the file yet is added.

    A long-lived access token, made there under your profile, is asked for, and kept apart. Where standard
    input is no terminal, it is the first line of it.
    """
    from homebody.commands import home_assistant  # noqa: PLC0415

    new = home_assistant.NewHomeAssistant(url=url, token=_secret("Its long-lived access token"), ca=ca)
    _run(home_assistant.add(_settings(home), new, lambda question: yes or typer.confirm(question)))


@add_app.command("matter")
def devices_add_matter(
    host: Annotated[str, typer.Argument(help="Address of the home's Matter server.")],
    home: HomeOption = None,
    port: Annotated[int, typer.Option(help="TCP port of the server.")] = 5580,
    yes: Annotated[bool, typer.Option("--yes", help="Agree to writing what it has.")] = False,
) -> None:
    """Add what a Matter server has commissioned: what is not in the home file yet goes into it."""
    from homebody.commands import matter  # noqa: PLC0415

    settings = _settings(home)
    _run(matter.add(settings, host, port, lambda question: yes or typer.confirm(question)))


@add_app.command("miio")
def devices_add_miio(
    host: Annotated[str, typer.Argument(help="Address of a miIO device.")],
    home: HomeOption = None,
    port: Annotated[int, typer.Option(help="UDP port of the device.")] = 54321,
    id_: Annotated[str, typer.Option("--id", help="Id in the home file.")] = "",
    name: Annotated[str, typer.Option(help="What you call it.")] = "",
    area: Annotated[str, typer.Option(help="Id of the area that it is in.")] = "",
    spec: Annotated[Path | None, typer.Option(help="A file with its MIoT description.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Agree to fetching its description.")] = False,
) -> None:
    """Add a Xiaomi device: its entry goes into the home file; its token is asked for, and kept apart.

    Where standard input is no terminal, the token is its first line.
    """
    from homebody.commands import devices  # noqa: PLC0415

    token = _secret("Its token, 32 digits")
    new = devices.NewDevice(host=host, port=port, token=token, id=id_, name=name, area=area, spec=spec)
    _run(devices.add(_settings(home), new, lambda question: yes or typer.confirm(question)))


def _secret(question: str) -> str:
    """Asked for, or the first line of standard input: an option would leave it in the shell's history."""
    if sys.stdin.isatty():
        return str(typer.prompt(question, hide_input=True))
    return sys.stdin.readline().rstrip("\r\n")


@devices_app.command("simulate")
def devices_simulate(
    kind: Annotated[str, typer.Argument(help="lamp, fan or aquarium.")] = "lamp",
    spec: Annotated[Path | None, typer.Option(help="A file with another MIoT description.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="UDP port; 0 for any free one.")] = 54321,
    token: Annotated[str, typer.Option(help="32 hexadecimal digits; chosen without it.")] = "",
    did: Annotated[int, typer.Option(help="Number of the device.")] = 1000001,
    loss: Annotated[float, typer.Option(min=0, max=1, help="Part of datagrams lost, each way.")] = 0.0,
    latency: Annotated[float, typer.Option(min=0, help="Milliseconds before each answer.")] = 0.0,
) -> None:
    """A simulated miIO device, for tests and rehearsals, until ctrl-c."""
    from homebody.commands import devices  # noqa: PLC0415

    _run(devices.simulate(kind, spec, host=host, port=port, token=token, did=did, loss=loss, latency=latency))


# homebody lab


@app.command(
    "lab", context_settings={"allow_extra_args": True, "ignore_unknown_options": True}, add_help_option=False
)
def lab(context: typer.Context) -> None:
    """Measure: `homebody lab --help`."""
    from homebody.lab.command import app as laboratory  # noqa: PLC0415

    laboratory(args=context.args, prog_name="homebody lab")


# homebody doctor, homebody settings


@app.command()
def doctor() -> None:
    """Look at this machine, the settings, the home, the model and the port; say what to do."""
    from homebody.commands import doctor as checks  # noqa: PLC0415

    raise typer.Exit(checks.show(_settings))


@app.command("settings")
def show_settings() -> None:
    """Every setting: its value now, where it is set, and what it means."""
    from homebody.commands import doctor as checks  # noqa: PLC0415

    checks.show_settings(_settings())


def main() -> None:
    _guarded(app)


def _guarded(command: Callable[[], object]) -> None:
    """Errors that a person can mend as one line, our own defects as two; a closed pipe and ctrl-c quietly."""
    try:
        command()
    except HomebodyError as error:
        typer.echo(f"homebody: {error.message}" + (f"\n  {error.hint}" if error.hint else ""), err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(STOPPED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception as error:
        typer.echo(f"homebody: something failed in Homebody itself: {error!r}{_kept()}", err=True)
        sys.exit(1)


def _kept() -> str:
    """Where the details of a defect were put, for whoever mends it."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="homebody-error-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            traceback.print_exc(file=file)
    except OSError:
        return ""
    return f"\n  The details are in {file.name}"
