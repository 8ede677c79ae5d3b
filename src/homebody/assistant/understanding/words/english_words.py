"""English words of the `lexicon` beside its plainest ones: what people say at home, British and American.

The same categories and values as there; a category's words are joined.
"""

from __future__ import annotations

ROWS: dict[str, dict[object, str]] = {
    "verb": {
        "on": """
            engage, arm, spark up, fire off, kick on, set going, set it going, get it going,
            set it running, get it running, set off, get started, get running, wake up, fire it up,
            plug in, bring to life, throw on, bung on, whack on, slap on, chuck on
        """,
        "off": """
            disengage, disarm, douse, snuff out, snuff, quench, knock off, shut it off, cut the power to,
            cut power to, cut the power on, kill the power to, kill power to, take the power off,
            black out, unplug, blow out, lose
        """,
        "open": """
            unfurl, extend, draw back, pull back, roll out, wind out, fold out, throw open, swing open,
            slide open, fling open, crack open, part, unshutter
        """,
        "close": """
            retract, furl, pull in, wind in, roll in, fold in, fold away, pull to, slide shut, swing shut,
            push to, shut up, drop down
        """,
        "lock": "latch, fasten, seal, deadbolt, lock down, padlock",
        "unlock": "unlatch, unfasten, undo, unbar, release, buzz open",
        "mute": "hush, shush",
        "set": """
            switch over to, flick to, flip to, flip over to, switch over, change over to, tune to,
            tune in to, take to, pull to, dim down to, turn down to, turn up to, bring down to,
            bring up to, raise to, lower to, drop to, reduce to, increase to, warm to, warm up to,
            cool to, cool down to, boost to, cap, limit, hold at, keep at, leave at, fix, charge to,
            fill to, crank to, rack up to, nudge to, ease to, wind to, slow to, slow down to, speed up to,
            cut to, pin, peg, have at, run at, get to
        """,
        "raise": """
            hike, jack up, rack up, pump up, notch up, whack up, shove up, elevate, heighten, intensify,
            strengthen, amp up, turn it up, bring up, jack, inch up
        """,
        "lower": """
            dial down, dial back, knock down, notch down, take down, take off, cut back, shave off,
            knock off, scale back, trim, soften, weaken, wind back, turn it down, back off, pull back on,
            let down, inch down
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
            go to the charger, go back to the charger, go back to its charger, put back, send back home,
            send back to base, send back to its base, send back to its dock, send to its dock
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
            go halves on, cut to half, cut down by half, reduce by half, bring down by half, drop by half
        """,
        "double": "twice the, two times, double up, twice what it is, twice as much, increase twofold",
    },
    "phrasal": {
        "turn": """
            bung, chuck, shove, sling, slap, plonk, throw, whip, snap, click, kick, tip, tap, yank, tug,
            bring, knock
        """,
    },
    "change": {
        (("fan_speed", "*speed", "*pace", "*rate", "*tempo"), 1): "speedier, quick, brisker",
        ((), 1): """
            harder, tougher, longer, wider, deeper, heavier, thicker, steeper, larger, richer, fuller,
            taller, stiffer, denser
        """,
        ((), -1): "easier, shorter, narrower, shallower, thinner, flatter, fainter, milder, lesser",
    },
    "level": {
        "max": """
            all the way, right up, wide open, flat out, as high as it goes, as bright as it goes,
            as bright as possible, as loud as it goes, as high as possible, as loud as possible,
            as warm as possible, as hot as possible, as far as it goes, full on, top, fully, completely,
            fully open, full whack, full throttle, full tilt, full power, full strength, full volume,
            full brightness, a hundred percent, its top, its highest, its maximum, top level, top setting,
            top speed, highest level, highest setting, strongest, at full, to the top, up full, to full,
            as fast as it goes, as fast as possible, as strong as possible
        """,
        "min": """
            right down, as low as it goes, as low as possible, as dim as possible, as dim as it goes,
            as quiet as possible, bottom, its lowest, its minimum, weakest, gentlest, faintest, softest,
            lowest level, lowest setting, the lowest, bare minimum, the minimum, a minimum,
            as quiet as it goes, as slow as it goes, as slow as possible, as cool as possible
        """,
        "half": """
            half way, a half, half open, half closed, half shut, fifty fifty, part way, to half, at half
        """,
    },
    "too": {
        True: "that bit too, just too, ever so, terribly, dreadfully, horribly, awful, proper, bloody, dead"
    },
    "amount": {
        1.0: """
            a shade, a wee, a nudge, a whisker, a trifle, just a bit, just a little, ever so slightly,
            a couple of notches, a pinch, a dash, a step, one step, a tick, a click, a mite, a wee bit,
            a fair bit, another notch
        """,
        3.0: "a good bit, a whole lot, loads, way, a great deal, significantly, a good deal, heaps",
    },
    "more": {True: "another, further, extra, an extra, a further"},
    "need": {
        "dark": """
            can't see a thing, can't see anything, can't make out, cannot see, can't find,
            need more light, need some light, i could use some light, could do with some light,
            more light, some light, a bit more light, a little more light, some more light,
            not enough light, can't read, straining my eyes, groping about, groping around, feel my way,
            too gloomy
        """,
        "bright": "glary, dazzling, dazzled, sun in my eyes, sun's in my eyes, too much light, squinting",
        "faint": """
            can't make out what, can hardly hear, can't hear a word, can't hear a thing, hardly hear,
            barely hear, couldn't hear, can't make out a word
        """,
        "loud": """
            can't hear myself think, deafening, racket, too much noise, such a racket, blaring,
            ear splitting
        """,
        "cold": """
            perished, frozen, i'm frozen, like ice, brr, brrr, teeth are chattering, bitter, parky,
            freezing cold, bitterly cold, like a fridge, like an icebox, baltic, turning blue, icy,
            catching a chill, draughty, cold feet, goosebumps, so cold, frozen stiff, frozen solid
        """,
        "hot": """
            baking, melting, i'm melting, like an oven, like a sauna, like a furnace, stifling hot,
            dying of heat, too hot, boiling hot, roasting hot, dripping with sweat, drenched in sweat,
            overheating, so hot, sweaty in here
        """,
        "stuffy": """
            stuffy, stifling, no air, hard to breathe, can hardly breathe, airless, close in here, musty,
            some fresh air, needs airing, need air, air this room, air it out, stale, stale air, fuggy
        """,
        "damp": """
            steamed up, steamy, all steamed up, full of steam, too much steam, steam everywhere,
            like a swamp, clammy in here, dripping wet, condensation, misted up, fogged up, mouldy,
            mildewy
        """,
        "dry": "dry air, air is so dry, my skin is dry, dry throat, static",
        "dirty": """
            filthy, crumbs everywhere, needs a clean, needs vacuuming, needs hoovering, needs a vacuum,
            needs a hoover, needs sweeping, needs cleaning, dust bunnies, dog hair everywhere,
            cat hair everywhere, hair everywhere, mess on the floor, covered in crumbs, full of crumbs,
            spilt, spilled, spilt flour, spilled flour
        """,
        "fumes": """
            smells of, smell of, stinks of, reeks of, stinks, reeks, cooking smell, full of smoke,
            smoke from, burnt the, i burned the, i burnt the, smells awful, smells terrible, smells funny,
            pongs, smells horrible, stinky, whiffy
        """,
    },
    "after": {True: "wait, wait for, wait about"},
    "at": {True: "starting at, starting from, starting, beginning at, from"},
    "function": {
        "illuminance": "darker than, brighter than, dimmer than, how dark",
        "humidity": "drier than, damper than, wetter than, more humid than, how damp",
    },
    "talk": {
        True: """
            sing, tell me a joke, tell us a joke, tell me a story, tell us a story, tell me about,
            recommend, suggest, explain, describe, write me, write a poem, tell me something,
            tell us something, a joke, a riddle, a poem, a bedtime story, sing me, sing us, teach me,
            advise me, help me with, chat with me, talk to me, what do you think of, make me laugh,
            cheer me up
        """,
    },
    "state": {
        "done": """
            finishes, finished, is finished, has finished, is done, has ended, ended, is complete,
            completes, is through, has no time remaining, has no time left, no time remaining,
            no time left, done yet
        """,
        "on": """
            live, burning, left on, still on, still running,
            powered on, powered up, up and running, alight, ablaze, going round
        """,
        "off": "left off, still off, dead, powered off, powered down, not running, not on, extinguished",
        "open": "agape, gaping, unshut, standing open, propped open, left open, still open, left ajar",
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
    "all": {
        "all": "every last, the whole lot of, all of the, all those, all these, the lot of, any and all",
        "everything": "the lot, the whole lot, all of it, every last thing, everything electrical",
    },
    "except": {True: "save, save for, all save, other than the, with the exception of, apart from the"},
    "question": {
        "value": """
            how full, how charged, how wet, how moist, how windy, how strong, how far along, at what
        """,
        "how_many": "how many of, what number of",
        "why": """
            when did, when was, when were, when will, when does, when do, how many times, how often,
            how long has, how long have, how long was, how long is it since, how old, what's wrong with,
            what is wrong with, what's the matter with, why's, why on earth
        """,
        "how": """
            what's the best way to, how would, how could, how might, how come, what would happen,
            what happens
        """,
        "who": "who's been, who has, who did, who turned, which of us",
        "should": """
            is it a good idea to, do you think i should, do you think we should, do you reckon,
            do you think, is it a bad idea to, is it ok to, is it okay to, is it safe to,
            is it all right to, would it be wise to, ought i, ought we, am i supposed to,
            are we supposed to, is it worth, is it better to, would it be better to, would it be safe to,
            am i allowed to
        """,
        "can": """
            what is it able to, able to do, what all can, what things can, what tricks can, know how to do
        """,
        "howlong": "how many minutes to go, how many hours, minutes to go, how long to go, how long left",
    },
    "measure": {
        ("level", "full", "fill", "left", "%", "tank"): "how full, how empty",
        ("battery", "charge"): "how charged",
        (
            "=W",
            "power draw",
        ): "how many watts, what wattage, how much power, how much electricity, how many kilowatts",
        ("=°C", "=°F", "temperature"): "how many degrees, what temperature",
        ("=lx", "illuminance"): "how many lux",
        ("=L", "=ml"): "how many litres, how many liters",
        ("=g", "=kg"): "how many grams, how many kilos, how many kilograms",
        ("=km", "=m", "=cm"): """
            how many metres, how many meters, how many kilometres, how many centimetres
        """,
        ("=%",): "what percentage, how many percent, what percent",
        ("wind",): "how windy, how strong is the wind",
        ("moisture", "humid", "damp"): "how wet, how moist, how dry",
        ("weight", "=kg", "=g"): "how heavy, how much does it weigh, how much weigh, weigh, weighs",
    },
    "ask": {True: "or not, or what, isn't it?, aren't they?, innit, yes or no, or no"},
    "tell": {
        True: """
            whether, tell me whether, check whether, see whether, find out whether, i wonder, i wonder if,
            i wonder whether, i'd like to know, i want to know if, wondering if, do you happen to know,
            any idea, have a look, take a look, have a look whether, have a look if, let me know if,
            let me know whether, remind me if, remind me whether, can you see if, can you see whether,
            could you see if, can you check, could you check, can you check if, could you check if,
            could you check whether, can you tell whether, could you tell me, i need to know,
            i'm not sure if, i can't remember if, i forget if, i forget whether, i can't remember whether,
            i'm not sure whether, not sure if, not sure whether
        """,
    },
    "request": {
        True: """
            try to, try, i could do with, i could use, i'd love, i'd prefer, i fancy, i feel like,
            i should like, i'd rather, we need, we want, we'd like, we could do with, i'd like to have,
            i'd like to see, i'd like to get, i need to have, see to it, feel free to, go on and,
            just go ahead and, do please, would it be possible to, would it be too much trouble to,
            if it's not too much trouble, it would be great if you, it'd be great if you,
            it'd be nice if you, it'd be lovely if you, could you possibly, can you just, could you just,
            would you just, you can, you could, you may, you might as well, might as well,
            somebody ought to, someone ought to, somebody should, someone should, somebody needs to,
            someone needs to, it needs to, you need to, you should, you'd better, you had better, better,
            i'd be obliged if you, i was wondering if you could, be a dear and, be a love and,
            be a darling and, be so good as to, be so kind as to, be a good fellow and, be an angel and,
            be a sport and, do me a favour and, do us a favour and, time you, about time you, what if you,
            why don't we, how about you, please could you, please can you, please would you,
            please will you, are you able to, any chance you could, any chance of,
            is there any chance you could, can we get, could we get, could we have, can we have,
            may we have, shall we, let us
        """,
    },
    "subject": {
        True: """
            you've, it's been, my flatmate, my boyfriend, my girlfriend, my partner, my brother,
            my sister, my neighbour, my neighbor, the neighbours, the neighbors, the neighbour,
            the cleaner, gran, grandma, grandpa, grandad, granny, nan, my nan, my gran, my mum, my mom,
            my dad, the boys, the girls, the children, everybody, everyone, we're, they're, they'd, he'd,
            she'd, i'd, nobody
        """,
    },
    "negation": {
        True: """
            you didn't, you don't, we didn't, they didn't, you did not, you mustn't, you must not,
            there's no need to, there is no need to, no call to, there's no call to, no point in,
            there's no point in, no use in, i'd rather you didn't, i would rather you didn't,
            i'd rather you did not, rather not, better not, you'd better not, i don't want you to,
            i don't want, we don't want, i do not want, i don't need, we don't need,
            i don't think we need, don't bother, don't bother to, stop yourself, under no circumstances,
            on no account, nobody is to, not now, never ever, please don't, no more, hands off,
            keep your hands off, leave off, steer clear of, i didn't ask you to, i didn't say,
            i never said, i never asked you to, i haven't asked you to, it isn't necessary to,
            it's not necessary to, it's unnecessary to, without, instead of
        """,
    },
    "already": {True: "remember when, imagine, pretend, if only, by now, whoever"},
    "reported": {
        True: """
            the song goes, song goes, the lyrics, lyrics, caption, headline, slogan, the word for,
            word for, the expression, the poem, it goes, goes like this, the saying, the proverb,
            the title, subtitle, the caption, the headline, the chapter, cries, cried, screams, begs,
            begged, orders, ordered, hums, hummed, croons, reads out, bellows, bellowed, exclaims,
            exclaimed, mutters, muttered, yells, yelling, shouts, shouting, screaming, screamed, whispers,
            whispered, sings, sang, singing, reads, texted, texts, replied, replies, answered, demands,
            demanded, insists, insisted, announces, announced, declares, declared, claims, claimed, quotes,
            quoted, recites, recited, chants, chanted, crying, the sign says, the note says
        """,
    },
    "correction": {
        True: """
            no hang on, no hold on, hang on no, or rather, correction, strike that, no not that,
            not that one, i should say, excuse me, i beg your pardon, my mistake, my bad, er no, um no,
            oh no, no no, no make that, no make it, or no, oh wait, wait no
        """,
    },
    "condition": {
        "if": """
            should the, should it, should there, should anyone, should my, should our, in the event that,
            supposing, on condition that, so long as, if ever
        """,
        "when": """
            any time, anytime, the minute, the second, the instant, the next time, next time, immediately
        """,
        "unless": "except if, except when",
    },
    "compare": {
        "above": """
            tops, past, exceeds, climbs past, climb past, rises past, rise above, climb above, gets past,
            goes beyond, beyond, passes, north of, hits more than, upwards of, higher than,
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
            falls under, drops under, slips below, slips under, sinks to, falls to, drops to, rise above,
            climb above, empties, moves, comes in, comes home, walks in, walks past, should the,
            should it, should there, should anyone, should my, should our
        """,
    },
    "repeat": {
        True: "and again, again please, once again, the same again, same thing again, encore, repeat it"
    },
    "filler": {
        True: """
            uh, erm, ah, oh, hmm, mm, huh, you know, you see, kind of, sort of, let me see, let me think,
            hang on, hold on, hang on a minute, hold on a minute, wait a minute, wait a second,
            just a minute, just a second, one moment, one second, hang on a sec, hold on a sec, listen,
            look, look here, come on, oi, yo, phew, ugh, argh, gosh, blimey, crikey, goodness, oh dear,
            dear me, oh well, well then, right then, right, now then, okay so, ok so, so then, mate, love,
            darling, honey, dear, sweetheart, sweetie, buddy, pal, dude, guys, folks, friend, old chap,
            old boy, nurse, computer, mister computer, my friend, my dear, my love, babe, be a dear,
            be a love, be a darling, be a sport, be an angel, if you would be so kind,
            if you'd be so good, if you would be so good, if you can, if you could, if you please,
            if it's no trouble, if it isn't too much trouble, if it's not too much bother,
            when you get a chance, when you can, when you have a moment, when you've got a moment,
            when you get a moment, when you have time, when you're ready, whenever you're ready,
            whenever you can, and be quick about it, be quick about it, chop chop, on the double, pronto,
            quick, quick smart, hurry, hurry up, as usual, for once, for a change, for goodness sake,
            for heaven's sake, for god's sake, for the love of god, whatever you do,
            whatever happens, for crying out loud, for me, for us,
            for now, for the moment, for a bit, for a while, ever, just yet, thanks a lot,
            thanks very much, thank you very much, thank you so much, many thanks, much obliged,
            much appreciated, that's all, that's it, that'll do, that will do, and that's that,
            nothing else, good man, good girl, good boy, good lad, there's a dear, there's a love,
            there's a good chap, there's a good girl, there's a good boy, won't you, could you, can you,
            will you please, would you please, will you, if you wouldn't mind, by the way, incidentally,
            after all, in fact, as a matter of fact, to be honest, honestly, frankly, simply, literally,
            really, as well please, straight away, straightaway, right away, at once, this instant,
            this minute, this second, as soon as you can, as soon as possible, on your way,
            on the way out, up you go, down you go, off you go, there you go, here we go, over there,
            over here, way over, only please, all hands, everybody, round, around here, rightaway,
            good and, nice and, nicely, gently, slowly, carefully, quietly, softly, ages, whatever,
            whichever, the thingy, thingy, thingamajig, more or less, roughly, approximately, or so,
            or thereabouts, exactly, precisely, sharp
        """,
    },
}
