"""From an utterance to a plan: the grammar first, the model where the grammar is not sure.

The grammar is deterministic and pure Python. A sentence goes this way, from room to room:

    words        characters in normal form, numbers, the general words of both languages
    home_words   the home's names for its areas, things, functions and choices
    times        moments, days, durations
    clauses      the best row of words, cut into clauses
    moods        command, question, report, prohibition, quotation
    reading      a clause, word by word, into its frame: of what it speaks, what it wishes
    wishes       what the frame wishes of one device: function, action, value
    meaning      which devices, which commands, which answers, when; or why not
    skills       what a robot is told to do
    everyday     timers, reminders, lists, announcements, small talk: what needs no device
    hearing      where all this leads nowhere: what the words sound like

`grammar` leads a sentence through them; `understanding` asks the `model` where the grammar leaves something
to it. The arrows:

    words <- {times, home_words, hearing, moods}
    {times, home_words} <- clauses <- {reading, everyday}
    moods <- reading <- wishes <- meaning
    {meaning, everyday} <- answering: yes and no
    meaning <- skills
    {hearing, meaning, everyday, answering, skills} <- grammar <- model <- understanding

None of them knows how a device is reached, whether an action is allowed, or how an answer is worded.
"""
