"""English: what to do, which way, and how far."""

from __future__ import annotations

from homebody.assistant.understanding.words.tables.rows import Rows

ROWS: Rows = {
    "verb": {
        "on": """
            turn on, switch on, power on, put on, activate, enable, light up, illuminate, fire up,
            power up, start up, boot up, flip on, flick on, pop on, stick on, fire, get going, light
        """,
        "off": """
            turn off, switch off, power off, shut off, put off, put out, deactivate, disable, kill,
            power down, shut down, turn out, switch out, cut off, cut, extinguish, flip off,
            flick off, turn of, switch of, turned of, turn off of
        """,
        "open": "open, open up, draw open, pull open, unroll, pull up, roll up, wind up",
        "close": """
            close, shut, draw, close up, pull closed, pull down, roll down, pull shut, wind down
        """,
        "toggle": "toggle, flip",
        "lock": "lock, lock up, bolt, secure",
        "unlock": "unlock, unbolt",
        "set": """
            set, change, adjust, make, put, bring, dim to, switch to, turn to, move, go to, configure,
            tune, program, select, choose, use, give, whack, pop, stick, crank, point, lay, put on,
            slide, dial, transition to, change to, go into, send
        """,
        "raise": """
            raise, increase, boost, turn up, crank up, bump up, ramp up, step up, lift, speed up,
            push up, nudge up, put up
        """,
        "lower": """
            lower, decrease, reduce, turn down, bring down, cut down, tone down, step down, drop,
            slow down, slow, nudge down, ease down, put down
        """,
        "stop": "stop, halt, cease",
        "start": "start, begin, launch, initiate, resume cleaning",
        "pause": "pause, hold, stop playing",
        "resume": "resume, continue, unpause, carry on",
        "play": "play",
        "next": """
            next, next track, next song, skip, skip track, skip song, skip this song, next item,
            skip the track, skip the song, next one, next channel, next episode, skip ahead
        """,
        "previous": """
            previous, previous track, previous song, last song, go back a song, previous item,
            last track, last item, replay, replay the last track, go back to the last track,
            go back to the previous track, play the last song, play the last track,
            play the previous song, play the previous track, play the last song again,
            play the previous song again, play the last track again, previous channel
        """,
        "dock": """
            return to base, dock, go to base, head back to the dock, back to the dock,
            go back to base, go home, return home, go charge, go back to its dock,
            go back to the dock, send home, return to dock, return to its base, go to its dock,
            go back and charge, back to its dock, go back, send back, send it home, go and charge,
            return, return to its dock, back home, stop mowing, stop mowing the lawn, cancel mowing,
            back to its base, back to base, back to the base, back to its charger
        """,
        "clean": """
            vacuum, clean, sweep, hoover, mop, vacuum up, clean up, tidy up, give it a clean,
            do the floors, do the floor, start cleaning, start vacuuming, start sweeping, mow,
            mow the lawn, start mowing, start mowing the lawn, start mopping
        """,
        "mute": "mute, silence",
        "unmute": "unmute",
        "run": "run, do, perform, execute, trigger",
        "halve": """
            halve, cut in half, cut by half, half as, half its brightness, half of what it is,
            half as bright, half as loud, half of that, by half
        """,
        "double": "double, twice as, twice as bright, twice as loud, twice as fast, twice that",
    },
    "phrasal": {
        "turn": """
            turn, switch, put, power, flip, shut, get, have, leave, keep, want, need, bring, turned,
            flick, place, pop, stick, whack, crank, slow, take, bump, roll, nudge, ramp, wind, pull,
            push, knock, jack, hike, ease, lift, dial, draw, notch, fold, pump, inch, drag, hoist
        """,
    },
    "particle": {
        "on": "on, going",
        "off": "off, out",
        "up": "up",
        "down": "down",
    },
    "change": {
        (("brightness",), 1): "bright, glaring, brighter, brighten, lighter, brighten up, lighten",
        (("brightness",), -1): """
            dim, dimmer, darker, darken, dark, gloomy, dim down, pitch black, pitch dark, dingy,
            murky, shadowy, black
        """,
        (("thermostat", "-color_temperature"), 1): """
            warmer, warm, hotter, hot, heat up, warm up, boiling, toasty, sweltering, sweaty,
            roasting
        """,
        (("thermostat", "-color_temperature"), -1): """
            cooler, cool, colder, cold, chilly, cool down, freezing, chill, chillier, cool off, nippy,
            frosty, shivering
        """,
        (("volume",), 1): "louder, loud, noisy",
        (("volume",), -1): "quieter, quiet, softer, quieten",
        (("fan_speed", "*speed", "*pace", "*rate", "*tempo", "*rotation"), 1): "faster, fast, quicker",
        (("fan_speed", "*speed", "*pace", "*rate", "*tempo", "*rotation"), -1): "slower, slow",
        (("fan_speed", "*strength", "*intensity", "*power", "*pressure", "*speed"), 1): "stronger",
        (("fan_speed", "*strength", "*intensity", "*power", "*pressure", "*speed"), -1): "gentler, weaker",
        (("-air",), -1): "stuffy, airless",
        (("-floor",), -1): "dirty, dusty, filthy, messy",
        (("-fumes",), 1): "smoky, smelly, fumy",
        (("humidity_target", "*humidity"), 1): "humid, damp, more humid, muggy, clammy, moist",
        (("humidity_target", "*humidity"), -1): "dry, drier, less humid, arid, parched",
        ((), 1): "higher, bigger, more, greater",
        ((), -1): "less, smaller, fewer",
    },
    "level": {
        "max": """
            max, maximum, full, highest, brightest, fullest, loudest, fastest, all the way up,
            full blast, the max, full power, to the max, warmest, hottest
        """,
        "min": """
            min, minimum, lowest, dimmest, darkest, quietest, slowest, all the way down, coldest,
            coolest, the min
        """,
        "half": "half, halfway, half way, midway",
        "low": "low",
        "medium": "medium, mid, middle, moderate",
        "high": "high, strong",
    },
    "amount": {
        1.0: """
            a bit, a little, a little bit, slightly, a touch, a tad, some, bit, a notch, somewhat,
            a smidge, a hair, a fraction, a wee bit, one notch
        """,
        3.0: "a lot, much, lots, considerably, far",
    },
    "more": {
        True: "even, even more, any, more",
    },
    "keep": {
        True: "keep, leave, only leave, leave only, keep only, only keep",
    },
    "ensure": {
        True: "make sure, make sure that, ensure, be sure, see to it that, keep, leave, have",
    },
    "repeat": {
        True: "do it again, do that again, one more time, same again, repeat that",
    },
    "again": {
        True: "again, back",
    },
}

MORE: Rows = {
    "verb": {
        "on": """
            on with, let there be light, give me light, give us light, engage, arm, spark up, fire off,
            kick on,
            set going, set it going, get it going,
            set it running, get it running, set off, get started, get running, wake up, fire it up,
            plug in, bring to life, throw on, bung on, whack on, slap on, chuck on
        """,
        "off": """
            go off, off with, out with, disengage, disarm, douse, snuff out, snuff, quench, knock off,
            shut it off,
            cut the power to, cut power to, cut the power on, kill the power to, kill power to,
            take the power off, black out, unplug, blow out, lose
        """,
        "open": """
            unfurl, extend, draw back, pull back, roll out, wind out, fold out, throw open,
            swing open, slide open, fling open, crack open, part, unshutter
        """,
        "close": """
            retract, furl, pull in, wind in, roll in, fold in, fold away, pull to, slide shut,
            swing shut, push to, shut up, drop down
        """,
        "lock": "latch, fasten, seal, deadbolt, lock down, padlock",
        "unlock": "unlatch, unfasten, undo, unbar, release, buzz open",
        "mute": "hush, shush",
        "set": """
            switch over to, flick to, flip to, flip over to, switch over, change over to, tune to,
            tune in to, take to, pull to, dim down to, turn down to, turn up to, bring down to,
            bring up to, raise to, lower to, drop to, reduce to, increase to, warm to, warm up to,
            cool to, cool down to, boost to, cap, limit, hold at, keep at, leave at, fix, charge to,
            fill to, crank to, rack up to, nudge to, ease to, wind to, slow to, slow down to,
            speed up to, cut to, pin, peg, have at, run at, get to
        """,
        "raise": """
            up you go, hike, jack up, rack up, pump up, notch up, whack up, shove up, elevate, heighten,
            intensify, strengthen, amp up, turn it up, bring up, jack, inch up
        """,
        "lower": """
            down you go, dial down, dial back, knock down, notch down, take down, take off, cut back,
            shave off,
            knock off, scale back, trim, soften, weaken, wind back, turn it down,
            pull back on, let down, inch down
        """,
        "stop": "abort, quit, end, knock it off, interrupt, break off",
        "start": """
            set to work, get cracking, kick off, commence, begin, set about, let loose, get on with
        """,
        "pause": "freeze, suspend",
        "resume": "pick up again, restart, keep going, go on with, get back to, un-pause",
        "play": "put on some, stick on some, let's hear, let's have some",
        "next": """
            another song, skip this one, skip it, next tune, next record, next station, next please,
            skip on, skip forward, play the next one, play the next song, play the next track,
            something else please, next number, next programme, next program, skip to the next song,
            skip to the next track, skip to the next one, go to the next song, go to the next track,
            move on to the next song, change the song, change the track
        """,
        "previous": """
            go back one, previous tune, previous record, back a song, back a track, back one song,
            back one track, play that again, play that one again, the one before, previous one,
            go back to the previous song, go back to the previous one, go back to the last song,
            last one again
        """,
        "dock": """
            go back to your base, get back to base, back to charge, get back to its dock,
            return to charge, go recharge, recharge, back on its charger, back to the charger,
            back on charge, head home, go to the dock, send it back, back to its dock, go to its base,
            go to the charger, go back to the charger, go back to its charger, put back,
            send back home, send back to base, send back to its base, send back to its dock,
            send to its dock
        """,
        "clean": """
            vac, do the hoovering, do the vacuuming, do a clean, have a clean, give a clean,
            wash the floor, wash the floors, clean the floor, clean the floors, sweep the floor,
            sweep the floors, sweep up, mop the floor, mop the floors, vacuum the floor,
            vacuum the floors, hoover up, have a tidy, get hoovering, get cleaning, get vacuuming,
            cut the grass, cut the lawn, go over, give a going over, give a once over, hoover round,
            vacuum round, run round
        """,
        "run": """
            fire, carry out, give me, give us, make me, make us, pull me, pour me, brew me, do me,
            fetch me
        """,
        "halve": """
            go halves on, cut to half, cut down by half, reduce by half, bring down by half,
            drop by half
        """,
        "double": """
            twice the, two times, double up, twice what it is, twice as much, increase twofold
        """,
    },
    "phrasal": {
        "turn": """
            bung, chuck, shove, sling, slap, plonk, throw, whip, snap, click, kick, tip, tap, yank,
            tug, bring, knock
        """,
    },
    "change": {
        (("fan_speed", "*speed", "*pace", "*rate", "*tempo", "*rotation"), 1): "speedier, quick, brisker",
        (("*length", "*duration", "*interval", "*time"), 1): "longer",
        (("*length", "*duration", "*interval", "*time"), -1): "shorter",
        (("*height", "*level"), 1): "taller",
        (("*width", "*opening"), 1): "wider",
        (("*width", "*opening"), -1): "narrower",
        (("*depth",), 1): "deeper",
        (("*depth",), -1): "shallower",
        (("*weight", "*load"), 1): "heavier",
        (("*thickness",), 1): "thicker",
        (("*thickness",), -1): "thinner",
        (("*incline", "*slope", "*angle", "*gradient"), 1): "steeper",
        (("*incline", "*slope", "*angle", "*gradient"), -1): "flatter",
        (("*difficulty", "*level", "*strength", "*resistance"), 1): "harder, tougher, stiffer",
        (("*difficulty", "*level", "*strength", "*resistance"), -1): "easier, milder",
        ((), 1): "larger, richer, fuller, denser",
        ((), -1): "fainter, lesser",
    },
    "level": {
        "max": """
            all the way, right up, wide open, flat out, as high as it goes, as bright as it goes,
            as bright as possible, as loud as it goes, as high as possible, as loud as possible,
            as warm as possible, as hot as possible, as far as it goes, full on, top, fully,
            completely, fully open, full whack, full throttle, full tilt, full power, full strength,
            full volume, full brightness, a hundred percent, its top, its highest, its maximum,
            top level, top setting, top speed, highest level, highest setting, strongest, at full,
            to the top, up full, to full, as fast as it goes, as fast as possible,
            as strong as possible
        """,
        "min": """
            right down, as low as it goes, as low as possible, as dim as possible, as dim as it goes,
            as quiet as possible, bottom, its lowest, its minimum, weakest, gentlest, faintest,
            softest, lowest level, lowest setting, the lowest, bare minimum, the minimum, a minimum,
            as quiet as it goes, as slow as it goes, as slow as possible, as cool as possible
        """,
        "half": """
            half way, a half, half open, half closed, half shut, fifty fifty, part way, to half,
            at half
        """,
    },
    "amount": {
        1.0: """
            a shade, a wee, a nudge, a whisker, a trifle, just a bit, just a little, ever so slightly,
            a pinch, a dash, a step, one step, a tick, a click, a mite,
            a wee bit, a fair bit, another notch
        """,
        2.0: """
            a notch or two, a couple of notches, a step or two, a couple of steps, a couple of clicks,
            a click or two, a bit or two, two notches, quite a bit, a fair amount
        """,
        3.0: "a good bit, a whole lot, loads, way, a great deal, significantly, a good deal, heaps",
    },
    "more": {
        True: "another, further, extra, an extra, a further",
    },
    "repeat": {
        True: """
            do that, do this, do the same thing, and again, again please, once again, the same again,
            same thing again, encore, repeat it
        """,
    },
}
