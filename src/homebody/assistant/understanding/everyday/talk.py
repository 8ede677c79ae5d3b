"""What needs no home: yes and no to a question that was asked, greetings and thanks."""

from __future__ import annotations

import re
from typing import Literal

from homebody.assistant.understanding.everyday.phrases import END
from homebody.assistant.understanding.words.tables.rows import words
from homebody.home.label import Language

_YES = frozenset(
    words("""
    是, 是的, 对, 对的, 好, 好的, 好啊, 行, 可以, 确定, 确认, 嗯, 没错, 当然, 要, 开吧, 同意, 系, 系呀, 得,
    确定的, 我确定, 确认执行, 嗯嗯, 好吧, 可以的, 没问题, 执行吧, 就这样,
    yes, y, yeah, yep, yup, sure, ok, okay, confirm, confirmed, correct, affirmative, absolutely, do it,
    go ahead, yes please, yes do it, of course, i'm sure, i am sure, please do, that's right, sure thing,
    yes i am, yes go ahead, definitely, go on
    """)
)
_NO = frozenset(
    words("""
    不, 不是, 不用, 不要, 不了, 不行, 别, 算了, 取消, 不必, 否, 没有, 唔使, 唔好, 唔系, 不确定, 放弃,
    不用了, 不要了,
    no, n, nope, nah, cancel, negative, never, don't, stop, never mind, nevermind, no thanks, no thank you,
    forget it, do not, don't do it, no way, cancel that, no don't, not now, leave it
    """)
)
_TALK: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(rf"^(?:{pattern}){END}"), zh, en)
    for pattern, zh, en in (
        (
            r"(?:你好|您好|嗨|哈喽|早上好|晚上好|下午好|早安|晚安|早|hello|hi|hey"
            r"|hiya|howdy|greetings|morning|evening|good (?:morning|evening|afternoon|night|day))(?:"
            r" there| homebody| all| everyone"
            r"| everybody| sunshine| mate| love| dear| darling| my friend| house| home| to you| home"
            r" assistant|呀|啊|咯|啦|哦|,"
            r"?宅家|,?家庭助手)?|(?:宅家|家庭助手)你好|在吗",
            "你好，我在。",
            "Hello, I'm here.",
        ),
        (
            r"(?:谢谢|多谢|谢啦|谢咯|感谢|辛苦了|唔该)(?:你|您|晒|啦|了|咯|哈|哦|呀)*"
            r"|(?:(?:many |ok |okay |oh |ah |well |great |perfect |lovely |brilliant )?(?:thanks|thank"
            r" you|cheers|ta|thank you kindly"
            r"|much obliged|much appreciated)(?: a lot| a bunch| a million| very much| so much| ever so"
            r" much| again| for that"
            r"| for your help| for everything| mate| love| dear| then| homebody)*[,.! ]*)+"
            r"(?:you(?:'re| are) (?:a|an|the) [\w' ]{2,24}|that's (?:great|perfect|lovely|all|better)"
            r"|you're the best)?",
            "不客气。",
            "You're welcome.",
        ),
        (
            r"(?:你|您)?(?:是不是|会)?(?:一直|总|总是|老)?(?:在|会)?(?:监听|偷听|听)(?:我|我们)?(?:说话)?吗?"
            r"|are you (?:always )?listening(?: to (?:me|us))?",
            "我只在这台电脑上听，什么都不会离开家。",
            "I listen on this computer only; nothing leaves your home.",
        ),
        (
            r"我?的?(?:语音|个人)?数据(?:会|都)?(?:去|发|上传|存|传)(?:到|在|去)?(?:哪|哪里|哪儿)了?"
            r"|where (?:does|is|do) my data (?:go|stored|kept)|where is my data"
            r"|我的?(?:语音)?数据.{0,6}哪.{0,3}",
            "都留在这台电脑上，不上传。",
            "It stays on this computer and is not uploaded.",
        ),
        (
            r"(?:谁|哪个公司)(?:创造|开发|做|制造|发明)(?:了|的)?你(?:的)?|你是谁(?:做|开发|创造|制造|发明)的"
            r"|who (?:made|created|built|developed) you",
            "我是开源项目宅家，由志愿者们写成。",
            "I'm Homebody, an open-source project.",
        ),
        (
            r"你(?:能|会|可以)(?:帮我)?(?:做|干)(?:什么|啥|些什么)|我能(?:让|叫)你(?:做|干)什么|"
            r"我可以(?:说|问)什么"
            r"|what can (?:i say|you do)(?: for me)?",
            "我能开关和调节家里的设备，查看它们的状态，定时、提醒、记清单，也能聊两句。",
            "I can switch and adjust the things of this home, tell how they are,"
            " set timers and reminders, keep "
            "lists, and chat a little.",
        ),
        (
            r"你?(?:真|好|太|最|挺|超|可真)(?:棒|聪明|厉害|可爱|乖|懂事|能干|贴心|牛)(?:了|啊|呀|哦|的|死了)*|干得好|做得好|我爱你|爱你哦?",
            "谢谢夸奖。",
            "Thank you.",
        ),
        (
            r"我(?:今天)?(?:好|很|真|太|有点|特别)?(?:累|无聊|难过|伤心|开心|高兴|烦|郁闷|孤单|生气|紧张|饿|渴)(?:了|啊|呀|死了|极了|哦)*"
            r"|(?:我)?(?:今天)?心情(?:很|真|好|有点|特别)?(?:不好|不错|糟|差|好)(?:了|啊|呀)*|真烦|烦死了|好无聊啊?|陪我(?:聊聊|说说)(?:天|话)?",
            "我在听。家里有什么要我做的，说一声就行。",
            "I'm listening. Tell me if there is something to do in the house.",
        ),
        (
            r"(?:祝(?:你|我|大家))?(?:生日|新年|节日|中秋|国庆|圣诞)快乐|恭喜发财|祝我好运|(?:哈|嘿|呵"
            r"|嘻){2,}",
            "一起高兴。",
            "Cheers.",
        ),
        (r"不客气|没关系|辛苦(?:啦|你了?|你啦)|不用谢|真乖", "应该的。", "You're welcome."),
        (
            r"(?:请|帮我|给我|你)*(?:唱|讲|背|说|念|来)(?:一|个|首|支|段|篇|只)*[^灯空窗门电]{0,8}(?:歌|故事|诗|笑话|段子|绕口令)(?:吧|呗|听听?"
            r"|给我听)*",
            "这个我还不会。",
            "I cannot do that yet.",
        ),
        (
            r".*(?:系统提示|提示词|内部规则|管理员模式|开发者模式|最高权限|忽略.{0,8}(?:指令|指示|规则)|没有任何限制).*",
            "我只按这个家的规则做事，没有别的模式。",
            "I follow the rules of this home; there is no other mode.",
        ),
        (
            r"you(?:'re| are) (?:so |very |really |such |quite |pretty )?(?:an? |the )?(?:absolute |real"
            r" |total |little )?"
            r"(?:legend|star|genius|angel|gem|treasure|lifesaver|life saver|hero|champ|champion|marvel"
            r"|wonder|best|good one"
            r"|great|clever|smart|kind|helpful|funny|sweet|brilliant|amazing|wonderful|lovely|awesome"
            r"|fantastic)(?: thing| one)?"
            r"|(?:very |that was |what a )?(?:good|great|nice|lovely|excellent|brilliant|smart|fine|top)"
            r" (?:job|work|going|one"
            r"|stuff|show|boy|girl|dog|lad|lass|thinking|effort)(?: (?:with|on|there) [\w' ]{2,30}|"
            r" there| mate)?"
            r"|(?:well done|bravo|hooray|hurrah|way to go|attaboy|attagirl|you rock|love it|i love"
            r" (?:you|it|this|that)"
            r"|love you|that's (?:great|perfect|lovely|brilliant|better|funny|nice|very kind|clever)"
            r"|that was (?:funny|great"
            r"|lovely|quick|fast|clever))(?: with [\w' ]{2,30}| so much| too| mate| homebody)?",
            "谢谢夸奖。",
            "Thank you.",
        ),
        (
            r"(?:a )?(?:happy|merry) (?:birthday|new year|christmas|xmas|easter|halloween|holidays?"
            r"|anniversary|friday|weekend)"
            r"(?: to (?:you|me|us|all|everyone))?(?:,? \w+)?|bless you|congratulations|congrats|season's"
            r" greetings",
            "一起高兴。",
            "Cheers.",
        ),
        (
            r"(?:what|such) an? (?:lovely |nice |beautiful |terrible |awful |gorgeous |horrible |long "
            r"|busy |strange )?"
            r"(?:day|night|week|morning|evening|afternoon|life|mess of a day|game|film|match|sunset"
            r"|view)[\w' ]{0,20}"
            r"|(?:it's )?(?:a )?(?:lovely|nice|beautiful|terrible|awful|gorgeous|horrible|miserable"
            r"|glorious|grim) "
            r"(?:day|weather|morning|evening|night|afternoon)(?: today| out| outside| for it| isn't it)*"
            r"|guess what|knock knock|long time no see|you won't believe [\w' ]{2,40}|oh my (?:god"
            r"|goodness|days)",
            "是啊。",
            "Indeed.",
        ),
        (
            r"how (?:are|have) (?:you|things|we)(?: been| doing| feeling| keeping)?(?: today| tonight|"
            r" this \w+)?|how's it going"
            r"|how do you do|how goes it|what's up|you (?:ok|okay|all ?right|there)|are you (?:ok|okay"
            r"|there|well|awake|all ?right"
            r"|still there|happy|real|human|a (?:robot|person|human|machine|computer))",
            "我挺好，一直在。",
            "I'm well, and here.",
        ),
        (
            r"再见|拜拜|(?:bye|goodbye|good bye|see you|see ya|so long|farewell|cheerio|ta ta|toodle pip"
            r"|catch you|night|night night"
            r"|nighty night|good night|sleep well|sweet dreams|talk)(?: bye| for now| later| soon|"
            r" tomorrow| then| around| to you"
            r"| all| everyone| mate| love| homebody| you later| to you later)*",
            "再见。",
            "Goodbye.",
        ),
        (
            r"你是谁|你叫什么(?:名字)?|介绍一下你自己|who are you|what are you|what(?:'s| is) your name",
            "我是宅家，住在你自己电脑里的助手。",
            "I'm Homebody, the assistant that lives on your own computer.",
        ),
        (
            r"算了|没事儿?了?|没什么|当我没说|不用了|闭嘴|退下吧?|安静|never ?mind|forget it|nothing",
            "好的。",
            "All right.",
        ),
    )
)


def answer(text: str) -> Literal["yes", "no"] | None:
    """``yes`` or ``no`` where the whole (normalised) text says just that."""
    bare = re.sub(r"[.!,?]", "", text).strip()
    for candidate in (bare, bare.rstrip("吧的啊呀哦").strip()):
        if candidate in _YES:
            return "yes"
        if candidate in _NO:
            return "no"
    return None


_COMING = re.compile(r"^我?(?:们)?(?:起床|醒|回来|到家|睡醒)了?[啦了咯喽呀哦]*$")
"""起床啦，早安: beside a greeting, no more than one."""


def small_talk(text: str, language: Language) -> str | None:
    """An answer to a greeting, thanks or the like; None for everything else."""
    said = _talk(text, language)
    if said or text.isascii():
        return said
    parts = [part for part in re.split("[,.!?]", text) if part.strip()]
    answers = [_talk(part.strip(), language) for part in parts if not _COMING.search(part.strip())]
    return answers[-1] if answers and len(parts) > 1 and all(answers) else None


def _talk(text: str, language: Language) -> str | None:
    for pattern, zh, en in _TALK:
        if pattern.search(text):
            return zh if language == "zh" else en
    return None
