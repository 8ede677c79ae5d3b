"""English: what joins clauses, times and places; particles and filler."""

from __future__ import annotations

from homebody.assistant.understanding.words.tables.rows import Rows

ROWS: Rows = {
    "condition": {
        "if": "if, in case, provided, assuming",
        "unless": "unless",
        "when": "when, whenever, once, as soon as, as long as, every time, each time, the moment",
    },
    "then": {
        True: "then",
    },
    "after": {
        True: "later, from now, in, after, within",
    },
    "before": {
        True: "before",
    },
    "until": {
        True: "until, till, til, up to",
    },
    "lasting": {
        True: "for",
    },
    "at": {
        True: "at, by, around, on",
    },
    "to": {
        True: """
            to, at, as, into, is what i want, is what i need, is what i'd like, is what we want,
            is what we need, is what i want from, is what i want for, is what i'd like for,
            is what i need from, is what i'd like from, is what we'd like, would be nice for,
            would be good for, would be nice on, would be good on, would be nice, would be good,
            would be lovely, would do nicely, would be perfect
        """,
    },
    "by": {
        True: "by",
    },
    "and": {
        True: "and, &, plus, as well as, or",
    },
    "next_clause": {
        True: """
            and then, then, also, after that, afterwards, next, followed by, while, finally, and also,
            first, at the same time, but then, but do, but please, but also
        """,
    },
    "also": {
        True: """
            also, too, as well, likewise, the same for, same for, do the same for, what about,
            how about, same in, the same in, same with, the same with, do the same in, do the same with,
            same thing in, same thing for, same thing with, the same thing in, same goes for,
            the same goes for, ditto in, ditto for, ditto with, likewise in, likewise for,
            do likewise in, do likewise for
        """,
    },
    "filler": {
        True: """
            the, a, an, my, our, your, of, in, inside, at, to, from, for, with, into, with the, its,
            their, his, her, please, now, right now, just, so, um, uh, er, well, hey there, up, there,
            's, s, currently, immediately, will, would, could, should, can, be, get, that's, i, me,
            we, us, everyone, this, some, such, both, as, being, onto, by, setting, settings, value,
            level, degree, unit, device, state, set, percent, light's, quickly, moment, damn, bloody,
            fucking, stupid, kind, sort, maybe, perhaps, possible, if possible, asap, the thing,
            thing, been, are, is, was, it's, something, little, at the moment, going, still, already,
            thanks, thank you, homebody, hello, hi, room, room's, detected, detects, finds, senses,
            instead, about, then again, okay then, anyway, though, all right, alright, basically,
            actually then, water's, rooms, the rooms, would you, will you, would somebody,
            somebody please, could somebody, ta, if you'd be so kind, if you would, if you don't mind,
            per hour, an hour, possibly, kindly, then please, of the way
        """,
    },
}

MORE: Rows = {
    "after": {
        True: "wait, wait for, wait about",
    },
    "at": {
        True: "starting at, starting from, starting, beginning at, from",
    },
    "condition": {
        "if": """
            should the, should it, should there, should anyone, should my, should our,
            in the event that, in the event of, in case of, providing, providing that, provided that,
            given that, assuming that, supposing that, only if, if by any chance, if at any point,
            if at any time, if and when, even if, suppose, supposing, on condition that, so long as, if ever
        """,
        "when": """
            wait till, wait until, hold on till, hold on until, hang on till, hang on until,
            hold off till, hold off until, not before, not until, only when, only once, only after,
            on the occasion that, at the point when, at the point where, the very moment, no sooner than,
            directly, right after, right when, just as, just when, any time, anytime, the minute,
            the second, the instant, the next time, next time,
            immediately
        """,
        "unless": "except if, except when, unless of course, if not",
    },
    "filler": {
        True: """
            uh, erm, ah, oh, hmm, mm, huh, you know, you see, kind of, sort of, let me see,
            let me think, hang on, hold on, hang on a minute, hold on a minute, wait a minute,
            wait a second, just a minute, just a second, one moment, one second, hang on a sec,
            hold on a sec, listen, look, look here, come on, oi, yo, phew, ugh, argh, gosh, blimey,
            crikey, goodness, oh dear, dear me, oh well, well then, right then, right, now then,
            okay so, ok so, so then, mate, love, darling, honey, dear, sweetheart, sweetie, buddy,
            pal, dude, guys, folks, friend, old chap, old boy, nurse, computer, mister computer,
            my friend, my dear, my love, babe, be a dear, be a love, be a darling, be a sport,
            be an angel, if you would be so kind, if you'd be so good, if you would be so good,
            if you can, if you could, if you please, if it's no trouble, if it isn't too much trouble,
            if it's not too much bother, when you get a chance, when you can, when you have a moment,
            when you've got a moment, when you get a moment, when you have time, when you're ready,
            whenever you're ready, whenever you can, and be quick about it, be quick about it,
            chop chop, on the double, pronto, quick, quick smart, hurry, hurry up, as usual, for once,
            for a change, for goodness sake, for heaven's sake, for god's sake, for the love of god,
            whatever you do, whatever happens, for crying out loud, for me, for us, for now,
            for the moment, for a bit, for a while, ever, just yet, thanks a lot, thanks very much,
            thank you very much, thank you so much, many thanks, much obliged, much appreciated,
            that's all, that's it, that'll do, that will do, and that's that, nothing else, good man,
            good girl, good boy, good lad, there's a dear, there's a love, there's a good chap,
            there's a good girl, there's a good boy, won't you, could you, can you, will you please,
            would you please, will you, if you wouldn't mind, by the way, incidentally, after all,
            in fact, as a matter of fact, to be honest, honestly, frankly, simply, literally, really,
            as well please, straight away, straightaway, right away, at once, this instant,
            this minute, this second, as soon as you can, as soon as possible, on your way,
            on the way out, off you go, there you go, here we go, over there,
            over here, way over, only please, all hands, everybody, round, around here, rightaway,
            do me a favour, do me a favor, do us a favour, do us a favor, do me a solid, do me a kindness,
            in that order, in this order, would ya, will ya, could ya, can ya, wouldya, do the needful,
            please do the needful, kindly do the needful, make it quick, make it snappy, look sharp,
            good night, goodnight, night night, nighty night, sweet dreams,
            for the night, for the evening, for the day, for the time being,
            good dog, good cat, good chap, good fellow, well done, clever thing, at the mains,
            at the wall, at the socket, at the plug, at the valve, at the stopcock, at the breaker,
            at the fuse box, at the locker, at the bottle, at the cylinder, at the switch, off you pop,
            this time, in the meantime, meanwhile, in a jiffy, sharpish, double quick, if need be,
            if necessary, as needed, as required, when possible, if it's possible, like i said,
            as i said, as always, as ever, as before, once more please, for tonight, dears,
            my good man, sir, madam, ma'am, miss, boss, chief, captain, guv, our kid, hon, poppet, duck,
            petal, sunshine, treacle, bruv, fam, y'all, lads, team, everyone please, lovely, brilliant,
            splendid, cool cool, great, perfect, super, excellent, wonderful, fantastic, smashing,
            lovely jubbly, good stuff, nice one, good idea, sounds good, why not, whoops, whoa, aw,
            eh, hey now, ahem, ooh, ow, ouch, yikes, wow, hurray, yay, bother, drat, dang, darn,
            good and, nice and, nicely, gently, slowly, carefully, quietly, softly, ages, whatever,
            whichever, the thingy, thingy, thingamajig, more or less, roughly, approximately, or so,
            or thereabouts, exactly, precisely, sharp
        """,
    },
}
