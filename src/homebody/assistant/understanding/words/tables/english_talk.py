"""English: the marks of questions, requests, reports, prohibitions and corrections."""

from __future__ import annotations

from homebody.assistant.understanding.words.tables.rows import Rows

ROWS: Rows = {
    "past": {
        True: """
            turned, switched, was turned, were turned, flipped, was switched, were switched, went,
            came, was, were, got, had, broke, fell, stayed, kept, has been, have been, had been,
            has fed, has closed, has opened, got out, went out, went off, came on, shouted
        """,
    },
    "question": {
        "value": """
            what, what's, what is, how much, how is, how's, how are, status, status of, how high,
            how fast, how tall, how deep, how loud, how hot, how heavy, hows, how's the, what are,
            how far, how far open
        """,
        "which": "which, which of, what are, list",
        "how_many": "how many, number of",
        "any": """
            any, is any, are any, are there any, is there any, is there a, is there, anything, any of
        """,
        "where": """
            where, where's, where is, where are, which room is, what room is, which room's, what room's,
            in which room is, in what room is, whereabouts is, whereabouts are, whereabouts's
        """,
        "can": "what can, what does, what can it do, capable of",
        "why": "why, how come, what for",
        "how": "how, how do, how do i, how does, how can, how can i, how to, how should",
        "who": "who, who's, whose, who is",
        "should": """
            should i, should we, shall i, shall we, do i need to, do we need to, do i have to
        """,
        "howlong": "how long, how many minutes, how much time, how much longer",
        "time": """
            what time is it, what's the time, the time, current time, what time, tell me the time
        """,
        "date": """
            what day is it, what's the date, what date is it, what day, today's date, the date,
            what is the date, which day of the week is it, which day is it,
            what day of the week is it
        """,
    },
    "ask": {
        True: "?, right?, isn't it, aren't they, is it?",
    },
    "ask_en": {
        True: """
            is, are, was, were, does, do, did, has, have, am, isn't, aren't, wasn't, doesn't, didn't,
            hasn't
        """,
    },
    "copula": {
        True: "is, are, was, were, been, be, are all, is still, 's",
    },
    "tell": {
        True: """
            tell me, check, show me, let me know, do you know, report, see if, find out, check if,
            check whether, tell me if, can you tell me, i want to know
        """,
    },
    "request": {
        True: """
            please, can you, could you, would you, will you, can i, could i, may i, i'd like,
            i would like, i want, i want you to, i need, i need you to, let's, let, would you mind,
            do me a favor and, kindly, pls, hey, ok, okay, go ahead and, help me, can we, could we,
            might you, you, i'd like you to, for me, to be, want, need, give me, get me, time to,
            it's time to, make sure, make sure that, ensure, don't forget to, remember to,
            why don't you, why not, how about, i wish, could i get, may i have,
            can i get, can i have, i'd be grateful if you, i'd appreciate it if you,
            i would appreciate it if you, it would be nice if you, fancy, mind, would somebody,
            could somebody, can somebody, would someone, could someone, tell, ask
        """,
    },
    "subject": {
        True: """
            i, he, she, we, they, mom, dad, mum, somebody, someone, my wife, my husband, my son,
            my daughter, i'm going to, i am going to, i'll, i will, we'll, we will, we're going to,
            i've, we've, he's, she's, they've, my mother, my father, the kids, the cows
        """,
    },
    "reported": {
        True: """
            said, says, told, asked, mentioned, wrote, yelled, shouted, translate, spell, mean, means,
            saying, shouting, yelling, screaming, screamed, screams, shouts, yells, whispered,
            whispers, demanded, replied, texted, messaged, emailed, posted, tweeted, typed, announced,
            sang, sings, chanted, is called, was called, are called, titled, entitled, reads,
            it reads, quoted, texted me, messaged me, emailed me, the line, the phrase, the words,
            the sentence
        """,
    },
    "already": {
        True: """
            already, just now, yesterday, earlier, last night, last time, always, keeps, keep on,
            the other day, this morning's, sometimes, often, again and again, ago, usually, normally,
            recently, lately, itself, by itself, themselves, by themselves, on its own, on their own
        """,
    },
    "negation": {
        True: """
            don't, do not, never, dont, no need to, shouldn't, must not, mustn't, not, doesn't,
            don't you dare, isn't, aren't, won't, can't, cannot, avoid, refrain from, no longer,
            hold off, not to, needn't, need not, nobody, no one should, never mind, forget about,
            leave alone
        """,
    },
    "correction": {
        True: """
            no wait, wait, i mean, i meant, actually, sorry, no i mean, scratch that, make that,
            rather, no sorry, oops
        """,
    },
    "no": {
        True: "no, nope",
    },
}

MORE: Rows = {
    "talk": {
        True: """
            sing, tell me a joke, tell us a joke, tell me a story, tell us a story, tell me about,
            recommend, suggest, explain, describe, write me, write a poem, tell me something,
            tell us something, a joke, a riddle, a poem, a bedtime story, sing me, sing us, teach me,
            advise me, help me with, chat with me, talk to me, what do you think of, make me laugh,
            cheer me up
        """,
    },
    "question": {
        "value": """
            how much charge, how much juice, how much battery, how much power left, what charge,
            how full, how charged, how wet, how moist, how windy, how strong, how far along, at what
        """,
        "how_many": "how many of, what number of",
        "why": """
            when did, when was, when were, how many times, how often,
            when was it that, how long has, how long have, how long was, how long is it since, how old,
            what's wrong with, what is wrong with, what's the matter with, why's, why on earth
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
            are we supposed to, is it worth, is it better to, would it be better to,
            would it be safe to, am i allowed to
        """,
        "can": """
            what is it able to, able to do, what all can, what things can, what tricks can,
            know how to do
        """,
        "howlong": """
            when will, when does, when do, when's, when is, what time will, what time does, by when will,
            how soon will, how many minutes to go, how many hours, minutes to go, how long to go,
            how long left
        """,
    },
    "ask": {
        True: "or not, or what, isn't it?, aren't they?, innit, yes or no, or no",
    },
    "tell": {
        True: """
            would you know if, would you know whether, would you happen to know, do you know if,
            do you know whether, mind telling me, would you mind telling me, care to tell me,
            would you tell me, could you say, can you say, i was wondering, i was wondering if,
            remind me what, remind me how, i'm curious, curious to know, just checking, just curious,
            let me hear, fill me in on, update me on, what can you tell me about, can you find out,
            could you find out, whether, tell me whether, check whether, see whether, find out whether,
            i wonder,
            i wonder if, i wonder whether, i'd like to know, i want to know if, wondering if,
            do you happen to know, any idea, have a look, take a look, have a look whether,
            have a look if, let me know if, let me know whether, remind me if, remind me whether,
            can you see if, can you see whether, could you see if, can you check, could you check,
            can you check if, could you check if, could you check whether, can you tell whether,
            could you tell me, i need to know, i'm not sure if, i can't remember if, i forget if,
            i forget whether, i can't remember whether, i'm not sure whether, not sure if,
            not sure whether
        """,
    },
    "request": {
        True: """
            is there any way you could, is there any way you can, is there a way you could,
            any way you could,
            is there any chance you can,
            could you see your way to, would you be able to, would you care to, would you kindly,
            would you be kind enough to, would you be so kind as to, would you be a dear and,
            would you be an angel and, would you be a love and, i'd be glad if you, i'd be happy if you,
            i'd be pleased if you, i'd love it if you, i'd like it if you, it'd be good if you,
            it would be good if you, it would be nice to have, it'd be nice to have, i wouldn't mind,
            i would not mind, wouldn't mind, i'm after, we're after, i'm in need of, all i want is,
            all i need is, what i want is, what i need is, what i'd like is, what we need is,
            try to, try, i could do with, i could use, i'd love, i'd prefer, i fancy, i feel like,
            i should like, i'd rather, we need, we want, we'd like, we could do with,
            i'd like to have, i'd like to see, i'd like to get, i need to have, see to it,
            feel free to, go on and, just go ahead and, do please, would it be possible to,
            would it be too much trouble to, if it's not too much trouble, it would be great if you,
            it'd be great if you, it'd be nice if you, it'd be lovely if you, could you possibly,
            can you just, could you just, would you just, you can, you could, you may,
            you might as well, might as well, somebody ought to, someone ought to, somebody should,
            someone should, somebody needs to, someone needs to, it needs to, you need to, you should,
            you'd better, you had better, better, i'd be obliged if you, i was wondering if you could,
            be a dear and, be a love and, be a darling and, be so good as to, be so kind as to,
            be a good fellow and, be an angel and, be a sport and, do me a favour and,
            do us a favour and, time you, about time you, what if you, why don't we, how about you,
            please could you, please can you, please would you, please will you,
            any chance you could, any chance of, is there any chance you could, can we get,
            could we get, could we have, can we have, may we have, shall we, let us
        """,
    },
    "subject": {
        True: """
            you've, it's been, my flatmate, my boyfriend, my girlfriend, my partner, my brother,
            my sister, my neighbour, my neighbor, the neighbours, the neighbors, the neighbour,
            the cleaner, gran, grandma, grandpa, grandad, granny, nan, my nan, my gran, my mum,
            my mom, my dad, the boys, the girls, the children, everybody, everyone, we're, they're,
            they'd, he'd, she'd, i'd, nobody
        """,
    },
    "negation": {
        True: """
            none of, do nothing, enough with, enough of, ignore, disregard, you can skip, let's skip,
            i'd prefer if you didn't, i'd prefer it if you didn't, i'd prefer you didn't,
            i'd rather not, prefer not to, would prefer not to, i'd prefer not to, not keen on, ain't,
            no use, leave off, spare me, spare us, by no means, in no way, nowhere near, it's best not to,
            best not, best not to, better not to, let's not, let us not, try not to, be sure not to,
            make sure not to, make sure you don't, make sure nobody, mind you don't, take care not to,
            can stay, may stay, can remain, may remain, can be left, may be left, let be, let it be,
            you didn't, you don't, we didn't, they didn't, you did not, you mustn't, you must not,
            there's no need to, there is no need to, no call to, there's no call to, no point in,
            there's no point in, no use in, i'd rather you didn't, i would rather you didn't,
            i'd rather you did not, rather not, better not, you'd better not, i don't want you to,
            i don't want, we don't want, i do not want, i don't need, we don't need,
            i don't think we need, don't bother, don't bother to, stop yourself,
            under no circumstances, on no account, nobody is to, not now, never ever, please don't,
            no more, hands off, keep your hands off, leave off, steer clear of, i didn't ask you to,
            i didn't say, i never said, i never asked you to, i haven't asked you to,
            it isn't necessary to, it's not necessary to, it's unnecessary to, without, instead of
        """,
    },
    "already": {
        True: "remember when, imagine, pretend, if only, by now, whoever",
    },
    "reported": {
        True: """
            the song goes, song goes, the lyrics, lyrics, caption, headline, slogan, the word for,
            word for, the expression, the poem, it goes, goes like this, the saying, the proverb,
            the title, subtitle, the caption, the headline, the chapter, cries, cried, screams, begs,
            begged, orders, ordered, hums, hummed, croons, reads out, bellows, bellowed, exclaims,
            exclaimed, mutters, muttered, yells, yelling, shouts, shouting, screaming, screamed,
            whispers, whispered, sings, sang, singing, reads, texted, texts, replied, replies,
            answered, demands, demanded, insists, insisted, announces, announced, declares, declared,
            claims, claimed, quotes, quoted, recites, recited, chants, chanted, crying, the sign says,
            the note says
        """,
    },
    "correction": {
        True: """
            no hang on, no hold on, hang on no, or rather, correction, strike that, no not that,
            not that one, i should say, excuse me, i beg your pardon, my mistake, my bad, er no,
            um no, oh no, no no, no make that, no make it, or no, oh wait, wait no
        """,
    },
}
