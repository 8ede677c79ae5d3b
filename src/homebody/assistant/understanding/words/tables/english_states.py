"""English: how something or somebody is, becomes or compares."""

from __future__ import annotations

from homebody.assistant.understanding.words.tables.rows import Rows

ROWS: Rows = {
    "too": {
        True: """
            too, way too, a bit too, a little too, so, feel, feels, feeling, i'm, i am, it's, it is,
            getting, very, really, bit, rather, pretty, awfully, terribly, much too, far too, quite
        """,
    },
    "need": {
        "sleep": "going to bed, time for bed",
        "dark": "can't see, can hardly see, can barely see",
        "bright": "hurts my eyes, blinding, glare",
        "faint": "can't hear, cannot hear, can barely hear",
        "cold": "freezing, shivering",
        "hot": "boiling, sweating, roasting",
        "stuffy": "can't breathe, need some air, fresh air",
        "dirty": "crumbs, dust everywhere",
        "fumes": "smells of cooking, smell of cooking",
    },
    "state": {
        "on": "running, switched on, turned on, turns on, goes on, comes on, lit",
        "off": "switched off, turned off, turns off, goes off, goes out, unlit",
        "open": "opened, opens, gets opened, ajar, wide open",
        "closed": "closed, closes, is shut, gets closed",
        "locked": "locked",
        "unlocked": "unlocked",
        "playing": "playing",
        "cleaning": "cleaning, vacuuming",
        "docked": "docked, charging",
        "motion": """
            motion, someone, anyone, anybody, somebody, people, movement, occupied, person, moving,
            moves, something moves, walks past, walks in, comes in, comes home, there's movement
        """,
        "no_motion": """
            no one, nobody, no motion, no movement, unoccupied, empty, not occupied, noone, vacant
        """,
        "wet": "leaking, water leak, leaks, finds water, leak",
        "smoke": "smoke, smoking",
        "alarm": "alarms, goes off, sounds, gone off, going off, beeping, has gone off",
        "gas": "gas leak, gas leaking, gas",
    },
    "lack": {
        True: """
            not enough, isn't enough, not very, isn't very, not so, not that, aren't very, isn't so
        """,
    },
    "enough": {
        True: "enough",
    },
    "event": {
        True: """
            gets, goes, rises, falls, drops, becomes, turns, climbs, exceeds, hits, detected, detects,
            finds, senses, opens, closes, gets opened, turns on, turns off, goes on, goes off,
            comes on, rises above, goes over, goes above, drops below, falls below, goes below,
            gets above, gets below, drops under, reaches
        """,
    },
    "compare": {
        "above": """
            above, over, more than, higher than, greater than, exceeds, exceed, goes above,
            rises above, goes over, hotter than, warmer than, reaches, at least, brighter than,
            louder than, is over, gets above, climbs above, climbs over, gets over, hits, goes past
        """,
        "below": """
            below, under, less than, lower than, drops below, falls below, goes below, colder than,
            cooler than, at most, darker than, drops under, gets below, quieter than, gets under,
            sinks below, dips below
        """,
    },
}

MORE: Rows = {
    "too": {
        True: """
            that bit too, just too, ever so, terribly, dreadfully, horribly, awful, proper, bloody,
            dead
        """,
    },
    "need": {
        "dark": """
            can't see a thing, can't see anything, can't make out, cannot see, can't find,
            need more light, need some light, i could use some light, could do with some light,
            more light, some light, a bit more light, a little more light, some more light,
            not enough light, can't read, straining my eyes, groping about, groping around,
            feel my way, too gloomy
        """,
        "bright": """
            hurting my eyes, hurt my eyes, hurts the eyes, hurt from the light, sting my eyes,
            right in my eyes, in my eyes, blinding me, blinded, half blinded, sun's too strong,
            glary, dazzling, dazzled, sun in my eyes, sun's in my eyes, too much light, squinting
        """,
        "faint": """
            can't hear what, can't hear the, too faint, inaudible, can't make out what, can hardly hear,
            can't hear a word, can't hear a thing, hardly hear,
            barely hear, couldn't hear, can't make out a word
        """,
        "loud": """
            hurting my ears, hurts my ears, wake the baby, wake the kids,
            wake the neighbours, wake the neighbors, giving me a headache, can't hear myself think,
            deafening, racket, too much noise, such a racket, blaring,
            ear splitting
        """,
        "cold": """
            numb with cold, numb, chilled to the bone, chilled, goose pimples, catch my death,
            can't feel my fingers, can't feel my toes, can't feel my feet, can't feel my hands,
            freezing to death, freeze to death, blue with cold, stone cold, like siberia,
            like the arctic, like the north pole, cold as ice, ice cold, perished, frozen, i'm frozen,
            like ice, brr, brrr, teeth are chattering, bitter, parky,
            freezing cold, bitterly cold, like a fridge, like an icebox, baltic, turning blue, icy,
            catching a chill, draughty, cold feet, goosebumps, so cold, frozen stiff, frozen solid
        """,
        "hot": """
            like a greenhouse, like the tropics, like an inferno, like hell in here, sweating buckets,
            sweltering in here, cooking in here, can't stand this heat, this heat, the heat is killing me,
            dying of the heat, hot and bothered, baking, melting, i'm melting, like an oven, like a sauna,
            like a furnace, stifling hot,
            dying of heat, too hot, boiling hot, roasting hot, dripping with sweat, drenched in sweat,
            overheating, so hot, sweaty in here
        """,
        "stuffy": """
            stuffy, stifling, no air, hard to breathe, can hardly breathe, airless, close in here,
            musty, some fresh air, needs airing, need air, air this room, air it out, stale,
            stale air, fuggy
        """,
        "damp": """
            steamed up, steamy, all steamed up, full of steam, too much steam, steam everywhere,
            like a swamp, clammy in here, dripping wet, condensation, misted up, fogged up, mouldy,
            mildewy
        """,
        "dry": "dry air, air is so dry, my skin is dry, dry throat, static",
        "dirty": """
            muddy footprints, mud everywhere, sand everywhere, covered in dust, covered in hair,
            covered in dog hair, covered in cat hair, full of dust, full of hair, crumbs all over,
            dust all over, hair all over, a right mess, such a mess, a mess in here, messy in here,
            a pigsty, like a pigsty, filthy, crumbs everywhere, needs a clean, needs vacuuming,
            needs hoovering,
            needs a vacuum, needs a hoover, needs sweeping, needs cleaning, dust bunnies,
            dog hair everywhere, cat hair everywhere, hair everywhere, mess on the floor,
            covered in crumbs, full of crumbs, spilt, spilled, spilt flour, spilled flour
        """,
        "fumes": """
            smells of, smell of, stinks of, reeks of, stinks, reeks, cooking smell, full of smoke,
            smoke from, burnt the, i burned the, i burnt the, smells awful, smells terrible,
            smells funny, pongs, smells horrible, stinky, whiffy
        """,
    },
    "state": {
        "done": """
            's done, 's finished, 's complete, are done, are finished,
            has stopped, stops running, finishes its cycle, is ready, 's ready, comes to an end,
            finishes, finished, is finished, has finished, is done, has ended, ended, is complete,
            completes, is through, has no time remaining, has no time left, no time remaining,
            no time left, done yet
        """,
        "on": """
            shining, glowing, beaming, blazing, in use, live, burning, left on, still on, still running,
            powered on, powered up, up and running,
            alight, ablaze, going round
        """,
        "off": """
            left off, still off, dead, powered off, powered down, not running, not on, extinguished
        """,
        "open": """
            agape, gaping, unshut, standing open, propped open, left open, still open, left ajar
        """,
        "closed": "shut, is closed, drawn, pulled to",
        "locked": "bolted, locked up, secured, fastened, latched",
        "unlocked": "not locked, unbolted, left unlocked",
        "motion": """
            anyone there, anybody there, someone there, somebody there, movement, activity, stirring
        """,
        "no_motion": """
            empties, is empty, no one there, nobody there, no one around, nobody around, deserted
        """,
    },
    "compare": {
        "above": """
            tops, past, exceeds, climbs past, climb past, rises past, rise above, climb above,
            gets past, goes beyond, beyond, passes, north of, hits more than, upwards of, higher than,
            get warmer than, get hotter than, get above, go above, go over, gets up to, reach,
            brighter than, wetter than, damper than, stronger than
        """,
        "below": """
            drop below, fall below, dip below, sink below, go below, get below, south of, fewer than,
            get colder than, get cooler than, is under, is below, dimmer than, drier than, runs below,
            slips below, slips under, falls under, falls to, drops to, down to, sinks to, weaker than
        """,
    },
    "event": {
        True: """
            tops, exceeds, climbs past, climb past, rises past, gets past, goes beyond, passes,
            falls under, drops under, slips below, slips under, sinks to, falls to, drops to,
            rise above, climb above, empties, moves, comes in, comes home, walks in, walks past,
            should the, should it, should there, should anyone, should my, should our
        """,
    },
}
