"""The general words of both languages, by category. Nothing here knows any home.

``_ROWS`` holds, for each category, its values and the words for each, separated by commas. The categories:

verb        what to do; its senses by device are in `senses`
particle    on, off, up, down: half of an English phrasal verb, or all of a terse command
phrasal     the other half: turn, switch ...
change      a direction: (function ids it speaks of, +1 or -1); ``too`` before it turns it round, ``lack``
            (not ... enough) does not
level       max, min, half, low, medium, high
gerund      a verb's form in -ing: a wish only behind "would you mind" and the like
done        a verb's participle: its value is the verb; a wish only in "have it lowered", "lowered, please"
state       how something is: on, off, open, closed, locked ...; a command only behind ``ensure``
function    a trait, by its ordinary words
all, except, except_end, only, keep, other      quantities
pronoun, here, there, home                      pointing
question    what kind of question        ask, ask_en, tell  the marks of one
past, already, subject, reported         marks of something told
negation, condition, compare, time marks, joints between clauses, politeness, filler
"""

from __future__ import annotations

import re
from functools import cache

from homebody.assistant.understanding.words import (
    english_comings,
    english_duties,
    english_words,
    resultatives,
)
from homebody.assistant.understanding.words.activities import ACTIVITIES
from homebody.assistant.understanding.words.participles import gerund, participle
from homebody.assistant.understanding.words.token import Entry
from homebody.assistant.understanding.words.trie import Trie

_ROWS: dict[str, dict[object, str]] = {
    "verb": {
        "on": """
            开启, 启动, 通电, 点亮, 弄亮, 亮起, 著, 着咗, 弄一下, 整一下, 整一下子, 搞一下, 搞起来, 整起来,
            弄起来, 安排一下,
            安排上, 走起, 整上, 弄上, 着返, 开返, 开咗, 点着, 点上, 点起来,
            turn on, switch on, power on, put on, activate, enable, light up, illuminate, fire up,
            power up, start up, boot up, flip on, flick on, pop on, stick on, fire, get going, light
        """,
        "open_or_on": "打开, 开, 开开, 开一下, 开下, 打开一下, 开起来, 开着点, 开上, 给开, 打开来",
        "off": """
            关掉, 关灭, 熄灭, 熄, 熄咗, 闩咗, 断电, 关机, 停用, 灭, 灭掉, 关停,
            turn off, switch off, power off, shut off, put off, put out, deactivate, disable, kill,
            power down, shut down, turn out, switch out, cut off, cut, extinguish, flip off, flick off,
            turn of, switch of, turned of, turn off of
        """,
        "close_or_off": """
            关, 关闭, 关上, 关好, 闩, 闩埋, 熄埋, 合上, 关起来, 关了, 关一下, 关下, 关住, 关了吧, 给关,
            关咗, 收起来
        """,
        "open": """
            拉开, 敞开, 掀开, 张开, 升起,
            open, open up, draw open, pull open, unroll, pull up, roll up, wind up
        """,
        "close": """
            拉上, 拉起来, 拉好, 合拢, 放下来,
            close, shut, draw, close up, pull closed, pull down, roll down, pull shut, wind down
        """,
        "toggle": "切换, 翻转, toggle, flip",
        "lock": "锁上, 上锁, 锁住, 锁好, 锁, 反锁, 锁紧, 上好锁, 锁门, lock, lock up, bolt, secure",
        "unlock": "解锁, 开锁, 打开锁, unlock, unbolt",
        "set": """
            设置, 设定, 设为, 设成, 设到, 调到, 调成, 调为, 调至, 调整到, 调整为, 调节到, 调, 调节, 调整,
            改成, 改为, 改到, 变成, 变为, 切到, 切换到, 切换成, 切成, 换成, 换到, 转到, 定到, 开到, 开成,
            拉到, 升到, 降到, 升至, 降至, 提高到, 降低到, 增加到, 减少到, 调高到, 调低到, 调大到, 调小到,
            调亮到, 调暗到, 校到, 校去, 较到, 选, 选择, 切换为, 设置为, 设置成, 改用, 换为, 定成, 定为,
            调去, 加到, 减到, 拧到, 抬到, 放到, 进入, 写, 写上, 显示, 改, 换, 变, 转, 整成, 弄,
            set, change, adjust, make, put, bring, dim to, switch to, turn to, move, go to, configure,
            tune, program, select, choose, use, give, whack, pop, stick, crank, point, lay, put on, slide,
            dial, transition to, change to, go into, send
        """,
        "raise": """
            调高, 升高, 抬高, 抬升, 提提, 提一提, 抬抬, 升升, 升一升, 往上调, 往上提, 往上升, 往高调,
            往大调, 往亮调, 开大, 拧大, 调强, 提高, 增加, 增大, 加大, 调大, 升, 加, 上调, 调升,
            加高, 校高, 较大, 抬起, 弄高, 拉高, 推高,
            raise, increase, boost, turn up, crank up, bump up, ramp up, step up, lift, speed up, push up,
            nudge up, put up
        """,
        "lower": """
            调低, 降低, 开小, 关小, 压低, 压压, 压一压, 往下压, 往下压压, 降降, 降一降, 往下调, 往下降,
            往低调, 往小调,
            往暗调, 往回收, 拧小, 放低, 调弱, 减小, 减少, 减弱, 调小, 降, 减, 下调, 调降, 校低,
            较细, 弄低, 拉低,
            lower, decrease, reduce, turn down, bring down, cut down, tone down, step down, drop,
            slow down, slow, nudge down, ease down, put down
        """,
        "stop": "停止, 停下, 停, 停住, 停低, stop, halt, cease",
        "start": "开始, 启用, 运行, start, begin, launch, initiate, resume cleaning",
        "pause": "暂停, pause, hold, stop playing",
        "resume": """
            继续, 恢复, 继续播放, 接着走, 接着计, 接着跑, 接着数, 接着来, 接着干, 接着扫, 接着拖, 接着洗,
            接着放, 接着播, 接着做, 接着唱, 接着转, 接住做, 继续扫, 继续走, 继续转, 继续洗,
            resume, continue, unpause, carry on
        """,
        "play": "播放, 放, 播, 播下, play",
        "next": """
            下一首, 下一曲, 下一个, 下一集, 切歌, 换一首, 跳过, 下首, 换首歌, 换歌, 下一台, 下一频道,
            下个频道, 下一个频道,
            next, next track, next song, skip, skip track, skip song, skip this song, next item,
            skip the track, skip the song, next one, next channel, next episode, skip ahead
        """,
        "previous": """
            上一首, 上一曲, 上一个, 上一集, 上一台, 上一频道, 回到上一首, 上个频道,
            previous, previous track, previous song, last song, go back a song, previous item, last track,
            last item, replay, replay the last track, go back to the last track,
            go back to the previous track, play the last song, play the last track,
            play the previous song, play the previous track, play the last song again,
            play the previous song again, play the last track again, previous channel
        """,
        "dock": """
            回充, 回去充电, 充电去, 回充电座, 回基站, 返回充电, 返回充电座, 回到充电座, 去充电, 归位,
            回家充电, 回充电桩, 回去, 回窝, 回座, 回去休息, 停止割草, 取消割草,
            return to base, dock, go to base, head back to the dock, back to the dock, go back to base,
            go home, return home, go charge, go back to its dock, go back to the dock, send home,
            return to dock, return to its base, go to its dock, go back and charge, back to its dock,
            go back, send back, send it home, go and charge, return, return to its dock, back home,
            stop mowing, stop mowing the lawn, cancel mowing, back to its base, back to base,
            back to the base, back to its charger
        """,
        "clean": """
            打扫, 打扫打扫, 清扫, 扫地, 吸尘, 扫一下, 清洁, 拖地, 打扫一下, 扫扫, 吸一吸, 扫, 去扫地,
            干活, 扫扫地, 吸一下, 拖拖, 割草, 开始割草,
            vacuum, clean, sweep, hoover, mop, vacuum up, clean up, tidy up, give it a clean,
            do the floors, do the floor, start cleaning, start vacuuming, start sweeping, mow,
            mow the lawn, start mowing, start mowing the lawn, start mopping
        """,
        "mute": "静音, 禁音, mute, silence",
        "unmute": "取消静音, 解除静音, 恢复声音, unmute",
        "run": "执行, 按一下, 按下, 摁一下, 摁下, 触发, 触发一下, run, do, perform, execute, trigger",
        "halve": """
            减半, 调暗一半, 现在的一半, 原来的一半, 当前的一半, 目前的一半, 减一半, 降一半,
            halve, cut in half, cut by half, half as, half its brightness, half of what it is,
            half as bright, half as loud, half of that, by half
        """,
        "double": """
            翻倍, 加倍, 翻一番, 两倍, 一倍, 加一倍,
            double, twice as, twice as bright, twice as loud, twice as fast, twice that
        """,
    },
    "phrasal": {
        "turn": """
            turn, switch, put, power, flip, shut, get, have, leave, keep, want, need, bring, turned,
            flick, place, pop, stick, whack, crank, slow, take, bump, roll, nudge, ramp, wind, pull, push,
            knock, jack, hike, ease, lift, dial, draw, notch, fold, pump, inch, drag, hoist
        """,
    },
    "particle": {
        "on": "on, going",
        "off": "off, out",
        "up": "up",
        "down": "down",
    },
    "change": {
        (("brightness",), 1): """
            亮, 调亮, 亮堂, 明亮, 光, 光啲, 刺眼, 晃眼, 耀眼, 晃, 晒,
            bright, glaring, brighter, brighten, lighter, brighten up, lighten
        """,
        (("brightness",), -1): """
            暗, 调暗, 黑, 昏暗, 乌漆嘛黑, 黑漆漆, 黑乎乎, 暗沉,
            dim, dimmer, darker, darken, dark, gloomy, dim down, pitch black, dingy, black
        """,
        (("thermostat", "-color_temperature"), 1): """
            暖, 温暖, 暖和, 热, 烫, 燥热, 热乎,
            warmer, warm, hotter, hot, heat up, warm up, boiling, toasty, sweltering, sweaty, roasting
        """,
        (("thermostat", "-color_temperature"), -1): """
            冷, 凉, 冻, 凉快, 凉爽, 冷清清, 寒, 冰, 凉飕飕,
            cooler, cool, colder, cold, chilly, cool down, freezing, chill, chillier, cool off, nippy,
            frosty, shivering
        """,
        (("volume",), 1): """
            大声, 响, 吵, 吵闹, 声音大, 大点声, 大声点, 嘈, 闹, 大点儿声,
            louder, loud, noisy
        """,
        (("volume",), -1): """
            小声, 轻声, 安静, 细声, 静, 小点声, 小声点, 轻点,
            quieter, quiet, softer, quieten
        """,
        (
            ("fan_speed", "*speed", "*pace", "*rate", "*tempo"),
            1,
        ): "快, 强, 猛, faster, fast, quicker, stronger",
        (("fan_speed", "*speed", "*pace", "*rate", "*tempo"), -1): "慢, 弱, slower, slow, gentler, weaker",
        (("-air",), -1): "闷, 闷热, 憋闷, 憋气, stuffy, airless",
        (("-floor",), -1): "脏, 灰, 脏兮兮, 乱糟糟, dirty, dusty, filthy, messy",
        (("-fumes",), 1): "呛, 油烟大, 呛人, 臭, smoky, smelly, fumy",
        (("humidity_target", "*humidity"), 1): """
            湿, 潮湿, 湿润, 潮,
            humid, damp, more humid, muggy, clammy, moist
        """,
        (("humidity_target", "*humidity"), -1): "干, 干燥, 干巴巴, dry, drier, less humid, arid, parched",
        ((), 1): "高, 大, 多, 上, 重, 猛烈, higher, bigger, more, greater",
        ((), -1): "低, 小, 少, 细, 下, 轻, 柔, 缓, 松, less, smaller, fewer",
    },
    "level": {
        "max": """
            最大, 最高, 最亮, 最强, 最多, 最快, 最热, 最暖, 最大声, 最响, 开满, 拉满, 满, 顶格, 最光,
            全亮, 到头, 到头儿, 全展开, 全升起, 最猛, 最足, 最旺,
            到顶,
            max, maximum, full, highest, brightest, fullest, loudest, fastest, all the way up, full blast,
            the max, full power, to the max, warmest, hottest
        """,
        "min": """
            最小, 最低, 最暗, 最弱, 最少, 最慢, 最冷, 最小声,
            min, minimum, lowest, dimmest, darkest, quietest, slowest, all the way down, coldest, coolest,
            the min
        """,
        "half": "一半, 半, 中间, 半开, half, halfway, half way, midway",
        "low": "低档, 低速, 低挡, 弱档, 小档, 一档低, low",
        "medium": "中档, 中等, 中速, 中挡, 适中, medium, mid, middle, moderate",
        "high": "高档, 高速, 高挡, 强档, 大档, high, strong",
    },
    "too": {
        True: """
            太, 有点太, 别那么, 不要那么, 不用那么, 别这么, 不要这么, 别太, 不要太, 不用太, 唔好咁,
            唔使咁, 别开那么,
            不要开那么, 别弄那么, 过于, 嫌, 好, 有点, 有些, 有啲, 忒, 贼, 特别, 非常, 相当, 超级, 巨, 老,
            真够,
            倍儿, 有点儿, 咁鬼, 挺, 觉得, 很, 好似, 死了, 死我了, 得很, 得慌,
            坏了, 极了, 好生, 怪, 真, 未免太, 咁, 太过, 实在太,
            too, way too, a bit too, a little too, so, feel, feels, feeling, i'm, i am, it's, it is,
            getting, very, really, bit, rather, pretty, awfully, terribly, much too, far too, quite
        """,
    },
    "amount": {
        1.0: """
            一点, 一点点, 点, 点儿, 一点儿, 一些, 些, 啲, 少少, 一下下, 稍微, 稍, 略, 略微, 一丢丢,
            一点儿点, 一咪咪, 多一点, 小小,
            a bit, a little, a little bit, slightly, a touch, a tad, some, bit, a notch, somewhat,
            a smidge, a hair, a fraction, a wee bit, one notch
        """,
        3.0: "很多, 许多, 好多, 大幅, a lot, much, lots, considerably, far",
    },
    "more": {
        True: "再, 更, 多, 加, 又, even, even more, any, more",
    },
    "need": {
        "loud": "吵到我, 吵到我们, 吵到孩子, 吵死, 吵得慌, 震耳朵, 震得慌, 吵得",
        "dry": "干得难受, 干得慌, 嗓子干, 喉咙干, 鼻子干, 皮肤干, 嘴唇干, 嗓子好干, 流鼻血",
        "damp": "发霉, 潮乎乎, 潮得慌, 返潮, 回南天, 湿答答, 湿漉漉, 湿哒哒",
        "sleep": """
            我要睡了, 我要睡觉了, 我睡了, 准备睡了, 准备睡觉, 要睡觉了, 该睡觉了, 睡觉了, 我困了, 要睡了,
            going to bed, time for bed
        """,
        "dark": """
            黑灯瞎火, 黑咕隆咚, 乌漆墨黑, 伸手不见五指, 瞧不见, 看不着, 睇唔到, 睇唔见, 光线不好, 光线差,
            摸黑,
            看不见, 看不清, 睇唔清, 光线不够, 光线太暗, 光线不足, 费眼, 费眼睛,
            can't see, can hardly see, can barely see
        """,
        "bright": """
            睁不开眼, 睁不开眼睛, 眼睛疼, 亮瞎, 闪瞎, 西晒, 太阳照进来, 阳光刺眼,
            刺眼, 晃眼睛, 晃得慌, 太阳好晒, 太阳太晒, 好晒, 太晒, hurts my eyes, blinding, glare
        """,
        "faint": """
            听唔到, 听唔清, 听不着,
            听不清, 听不见, 听不到, can't hear, cannot hear, can barely hear
        """,
        "cold": """
            冻僵, 冻脚, 冻手, 手脚冰凉, 冷得发抖, 打冷战, 冷冰冰, 冻坏, 冷得受不了, 冷死, 还是冷, 冻得慌,
            冻得,
            冻死, 冷死, 好冻, 打哆嗦, 发抖, 冻僵, freezing, shivering
        """,
        "hot": """
            热得受不了, 冒汗, 直冒汗, 热晕, 中暑, 好焗, 太焗, 汗流浃背, 一身汗, 热得慌, 热疯, 像蒸笼,
            凉快凉快, 吹吹风, 热得,
            热死, 热坏, 好热, 出汗, 满头大汗, boiling, sweating, roasting
        """,
        "stuffy": """
            空气不好, 空气不太好, 空气差, 不透气, 闷得慌, 憋得慌, 怪味, 异味, 味道大, 味道好大, 味道太大,
            味道重,
            味道好重, 味道太重, 难闻, 臭烘烘, 透透气, 换换气, 通通风,
            闷死, 喘不过气, 透不过气, can't breathe, need some air, fresh air
        """,
        "dirty": """
            全是灰, 都是灰, 有头发, 都是头发, 全是头发, 猫毛, 狗毛, 碎屑, 饼干屑, 渣子, 灰尘有点多,
            灰尘好多, 灰尘太多, 脏死,
            地上脏, 好脏, 太脏, 好多灰, 一地, crumbs, dust everywhere
        """,
        "fumes": """
            呛死, 呛得慌, 烟熏火燎,
            油烟, 油烟大, 油烟味, 呛人, smells of cooking, smell of cooking
        """,
    },
    "state": {
        "on": """
            亮着, 亮着的, 着住, 着紧, 运行着, 在运行, 在工作,
            running, switched on, turned on, turns on, goes on, comes on, lit
        """,
        "open_or_on": """
            开着, 开着的, 开住, 开紧, 忘了关, 忘关, 忘记关, 没关掉, 没关上, 冇关到, 唔记得关, 唔记得熄,
            还没关,
            没有关, 没有关上, 没有关好
        """,
        "close_or_off": """
            关着, 关着的, 闩咗, 没开, 冇开, 没打开, 没有开, 没有打开, 忘了开, 忘记开, 忘开, 还没开
        """,
        "off": """
            灭着, 熄着, 没亮, 冇着, 没有亮,
            switched off, turned off, turns off, goes off, goes out, unlit
        """,
        "open": "敞开着, 敞着, 打开着, 没关, 冇关, 没关好, opened, opens, gets opened, ajar, wide open",
        "closed": "关好了, 关上了, 合着, closed, closes, is shut, gets closed",
        "locked": "锁着, 锁着的, 已上锁, 已上锁的, 已锁, 上锁了, 锁好了, 锁上了, locked",
        "unlocked": """
            没锁, 已解锁, 已解锁的, 解锁的, 没上锁, 没锁上, 冇锁, 没锁好, 忘了锁, 忘锁, 忘记锁, 没有锁,
            没有锁好, 没反锁, 开着锁,
            unlocked
        """,
        "playing": "在播放, 正在播放, 在放, playing",
        "cleaning": "在打扫, 在清扫, 正在清扫, 正在打扫, 在扫地, cleaning, vacuuming",
        "docked": "在充电, 充电中, 在充电座上, docked, charging",
        "motion": """
            有人进, 有人进来, 有人进了, 有人走进, 有人进去, 有人回来, 来人, 有人路过, 有人走过, 有人靠近,
            有人, 有人在, 有人移动, 有人经过, 有动静, 有人来, 检测到有人, 有没有人, 有人吗, 人在, 有人走动,
            有人活动, 有人在动, 有人走过, 有人路过, 有人进来, 有人进门, 有人进去, 有人出现, 有人回来,
            有人回家,
            有人靠近, 有人出入, 有人动, 来人, 来人了, 有人来了, 人来, 人来了, 有人过来, 有人起床, 有人起夜,
            motion, someone, anyone, anybody, somebody, people, movement, occupied, person, moving, moves,
            something moves, walks past, walks in, comes in, comes home, there's movement
        """,
        "no_motion": """
            没人, 没有人, 无人, 冇人, 没人在, 没有人在, 人走了, 没动静, 人都走了, 没人了, 人走, 人都走,
            人离开,
            人离开了, 人都离开了, 冇人喺度, 空无一人, 人走光了, 人走后,
            no one, nobody, no motion, no movement, unoccupied, empty, not occupied, noone, vacant
        """,
        "wet": "漏水, 漏水了, 有水, 进水, 渗水, leaking, water leak, leaks, finds water, leak",
        "smoke": "冒烟, 有烟, 着烟, 着火, 起火, 有烟雾, 冒烟了, 着烟了, smoke, smoking",
        "alarm": """
            报警, 报警了, 响警报, 响了, 响起来, 响起来了, 拉响, 触发, 触发了, 被触发,
            alarms, goes off, sounds, gone off, going off, beeping, has gone off
        """,
        "gas": "漏气, 煤气泄漏, 燃气泄漏, 泄漏, 漏煤气, 有煤气味, gas leak, gas leaking, gas",
    },
    "function": {
        "brightness": "亮度, 明亮度, 光度, brightness, light level, intensity, dimmer level",
        "color_temperature": """
            色温,
            color temperature, colour temperature, color temp, colour temp, white temperature
        """,
        "color": "颜色, 光的颜色, color, colour",
        "thermostat": """
            温度, 设定温度, 目标温度,
            temperature, temp, target temperature, setpoint, thermostat temperature, heat setting
        """,
        "temperature": """
            温度, 室温, 气温, 几度, 多少度, 热过, 冷过,
            temperature, temp, how warm, how hot, how cold, hotter than, warmer than, colder than,
            cooler than
        """,
        "humidity": "湿度, humidity, how humid",
        "illuminance": "光照, 照度, 光线强度, illuminance, light level, how bright",
        "pm25": "空气质量, pm2.5, air quality, pm25",
        "co2": "二氧化碳, co2, carbon dioxide",
        "power_draw": "功率, 功耗, power draw, power consumption, power usage, wattage",
        "battery": """
            电量, 电池, 多少电, 几多电, 有多少电, 剩多少电, 没电, 充满电, 电池电量, 快没电,
            battery, battery level, charge level, how charged, charged
        """,
        "mode": "模式, 运行模式, mode",
        "fan_speed": "风速, 风量, 风力, 风档, 风, 转速, 档位, fan speed, speed, airflow, fan level",
        "position": "开合度, 开度, 位置, position",
        "volume": "音量, 声音, 声量, volume, sound, sound level",
        "on_off": "电源, power",
        "lock": "门锁",
    },
    "elsewhere": {
        True: """
            前门, 后门, 侧门, 阳台门, 保险箱, 保险柜, 室外, 户外, 屋外, 外面, 外头,
            front door, back door, side door, cellar door, patio door, safe
        """,
    },
    "all": {
        "all": """
            所有, 所有的, 全部, 全部的, 全, 都, 一切, 每个, 每一个, 每盏, 统统, 通通, 全都, 全屋, 整个,
            晒, 整, 全家,
            all, all the, all of the, every, every single, each, all of, both, both of
        """,
        "everything": """
            所有东西, 所有设备, 所有电器, 一切设备, 全部设备, 所有家电, 全部电器, 全部东西,
            everything, all devices, all the devices, every device, all appliances, each device
        """,
    },
    "past": {
        True: """
            被,
            turned, switched, was turned, were turned, flipped, was switched, were switched, went, came,
            was, were, got, had, broke, fell, stayed, kept, has been, have been, had been, has fed,
            has closed, has opened, got out, went out, went off, came on, shouted
        """,
    },
    "except": {
        True: """
            除了, 除, 除去, 除咗, 不包括, 除开,
            except, except for, except in, other than in, all but, but not, apart from, other than,
            excluding, besides, aside from, but, everywhere but, everything but, everywhere except,
            with the exception of, save for, not counting, leaving out, minus
        """,
    },
    "except_end": {
        True: "以外, 之外, 外, 除外, 例外, 不算",
    },
    "keep": {
        True: """
            只留, 留着, 留, 保留, 只保留, 只剩, 保持, 唔好郁,
            keep, leave, only leave, leave only, keep only, only keep
        """,
    },
    "lack": {
        True: """
            不够, 不太够, 唔够, 没那么, 不怎么, 不太, 不是很,
            not enough, isn't enough, not very, isn't very, not so, not that, aren't very, isn't so
        """,
    },
    "enough": {
        True: "enough",
    },
    "ensure": {
        True: """
            确保, 保证, 务必, 让, 使, 保持,
            make sure, make sure that, ensure, be sure, see to it that, keep, leave, have
        """,
    },
    "only": {
        True: "只, 只有, 仅, 净系, 单独, just, only",
    },
    "other": {
        True: """
            其他, 其他的, 其它, 其它的, 其余, 其余的, 别的, 剩下的, 另外的, 其他房间,
            other, others, rest, the rest, remaining, the rest of
        """,
    },
    "pronoun": {
        True: """
            它, 他, 她, 它们, 佢, 佢哋, 它俩, 这个, 那个, 呢个, 嗰个, 这些, 那些,
            it, them, that, this, those, these, the same, that one, this one, one, ones
        """,
    },
    "here": {
        True: """
            这里, 这儿, 这边, 呢度, 本房间, 这个房间, 这间, 这屋, 房间里, 屋里,
            here, in here, this room, in this room, the room, my room
        """,
    },
    "there": {
        True: "那里, 那儿, 那边, 嗰度, there, over there",
    },
    "home": {
        True: """
            家里, 全家, 屋企, 整个家, 全屋, 整屋, 家中, 所有房间, 每个房间,
            in the house, the house, at home, everywhere, the whole house, whole house, the entire house,
            in my home, the home, house, all rooms, every room
        """,
    },
    "question": {
        "value": """
            几热, 几冻, 几冷, 几高, 几快, 几光, 几亮, 几湿, 几大声, 几深,
            多少, 几多, 多大, 多高, 多亮, 怎么样, 怎样, 如何, 咋样, 点样, 什么, 乜嘢, 状态, 多快, 多热,
            多深, 多重, 剩, 剩下, 余下, 余, 几档, 几级, 几挡, 多大声, 多烫, 多湿, 有多冷, 有多热, 有多湿,
            有多高, 有多亮,
            有多快, 有多烫, 是啥, 啥,
            what, what's, what is, how much, how is, how's, how are, status, status of, how high,
            how fast, how tall, how deep, how loud, how hot, how heavy, hows, how's the, what are,
            how far, how far open
        """,
        "which": """
            哪些, 哪个, 哪几个, 哪盏, 哪几盏, 哪扇, 哪台, 边个, 边啲, 哪里的, 哪间, 哪些房间, 哪个房间,
            哪几间, 有哪些, 有什么,
            which, which of, what are, list
        """,
        "how_many": """
            几盏, 几个, 几台, 多少个, 多少盏, 多少台, 几扇, 几多盏, 几多个, 有几盏, 有几个, 有几台,
            有多少, 几副, 几把, 几间, 几部, 有几,
            how many, number of
        """,
        "any": """
            有没有, 有没有人, 有人吗, 有冇, 有无, 是否有, 是不是有,
            any, is any, are any, are there any, is there any, is there a, is there, anything, any of
        """,
        "where": """
            在哪, 在哪里, 在哪儿, 喺边, 喺边度, 哪里, 哪儿, 边度, 哪个屋, 在哪个屋, 在哪个房间, 在哪间,
            在哪些房间,
            where, where's, where is, where are
        """,
        "can": """
            能做什么, 会什么, 可以做什么, 有什么功能, 支持什么, 能干什么, 会干什么, 能干嘛, 会些什么,
            有哪些功能, 可以干什么, 都能做什么, 都会什么, 会做什么, 会做些什么, 能做些什么, 会什么呀,
            能干啥, 会干啥, 能干点啥, 能做啥, 会做啥, 会啥, 会点啥, 会些啥,
            有啥功能, 有哪些本事, 有什么本事, 有啥用, 有什么用, 识做乜, 识做啲乜, 识乜嘢, 识做咩,
            可以做乜, 能干些什么, 能干些啥,
            what can, what does, what can it do, capable of
        """,
        "why": """
            多少钱, 几钱, 电费, 费电, 费钱, 价钱, 为什么, 为何, 为啥, 点解, 干嘛, why, how come, what for
        """,
        "how": """
            怎么, 怎样才, 怎么才, 点样先,
            how, how do, how do i, how does, how can, how can i, how to, how should
        """,
        "who": "谁, 边个人, who, who's, whose, who is",
        "should": """
            要不要, 该不该, 用不用, 需不需要, 应不应该, 应该开,
            should i, should we, shall i, shall we, do i need to, do we need to, do i have to
        """,
        "howlong": "多久, 多长时间, 几时, 几耐, how long, how many minutes, how much time, how much longer",
        "time": """
            几点, 几点了, 现在几点, 现在时间, 什么时间, 几点钟,
            what time is it, what's the time, the time, current time, what time, tell me the time
        """,
        "date": """
            几号, 星期几, 周几, 今天几号, 什么日子, 礼拜几, 今天日期, 日期, 星期几了, 今个几号, 今儿几号,
            今天礼拜几, 今天是几号, 今天是星期几, 今天是周几,
            what day is it, what's the date, what date is it, what day, today's date, the date,
            what is the date, which day of the week is it, which day is it, what day of the week is it
        """,
    },
    "measure": {
        ("高", "height"): "多高, 有多高, 几高, how high, how tall",
        ("亮", "brightness", "illuminance"): "多亮, 有多亮, 几光, 几亮, how bright",
        ("速", "speed"): "多快, 有多快, 几快, how fast",
        ("=°C", "=°F"): """
            几热, 几冻, 几冷, 多热, 多烫, 多冷, 多凉, 有多冷, 有多热, 有多烫,
            how hot, how warm, how cold
        """,
        ("湿", "humid"): "多湿, 多潮, 有多湿, 几湿, how humid, how damp",
        ("深", "水位", "depth"): "多深, 几深, how deep",
        ("重", "weight"): "多重, how heavy, how much does it weigh",
        ("level", "档", "级"): "几档, 几级, 几挡, which level, what level",
        ("音量", "volume"): "多大声, 多响, 几大声, how loud",
    },
    "ask": {
        True: """
            吗, 嘛, 么, 没有, 未, 了没, 没, 咩, 呀嘛, 是不是, 系咪, 是否, 有没有, 开没开, 关没关, 锁没锁,
            亮没亮, 未呀, 冇, 对吧, 是吧, 对不对, 没呀, 了没有, 还是, 定系,
            ?, right?, isn't it, aren't they, is it?
        """,
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
            告诉我, 查一下, 看看, 查查, 看一下, 检查, 检查一下, 查询, 话我知, 想知道, 知不知道, 你知道,
            tell me, check, show me, let me know, do you know, report, see if, find out, check if,
            check whether, tell me if, can you tell me, i want to know
        """,
    },
    "request": {
        True: """
            能不能, 看看能不能, 看能不能, 看看能否, 看下能不能, 给看看能不能, 可不可以, 可以, 能, 能否,
            可否, 会不会, 愿意, 麻烦, 请, 帮我, 帮忙, 给我, 替我, 帮,
            同我, 唔该, 帮手, 劳驾, 我想, 我想要, 我要, 想, 我希望, 希望, 你, 让, 使, 令, 把, 将, 是时候,
            该, 应该, 记得, 别忘了, 别忘记, 不要忘了, 不要忘记, 要不, 不如, 需要, 我需要, 叫你, 让你,
            请你, 要你, 交给你, 咱们, 来, 叫, 喊一下,
            please, can you, could you, would you, will you, can i, could i, may i, i'd like,
            i would like, i want, i want you to, i need, i need you to, let's, let, would you mind,
            do me a favor and, kindly, pls, hey, ok, okay, go ahead and, help me, can we, could we,
            might you, you, i'd like you to, for me, to be, want, need, give me, get me, time to,
            it's time to, make sure, make sure that, ensure, don't forget to, remember to, why don't you,
            why not, how about, i wish, is it possible to, could i get, may i have, can i get, can i have,
            i'd be grateful if you, i'd appreciate it if you, i would appreciate it if you,
            it would be nice if you, fancy, mind, would somebody, could somebody, can somebody,
            would someone, could someone, tell, ask
        """,
    },
    "subject": {
        True: """
            我, 他, 她, 我们, 他们, 妈妈, 爸爸, 妈, 爸, 老婆, 老公, 孩子, 哥哥, 姐姐, 弟弟, 妹妹, 奶奶,
            爷爷, 佢, 客人, 孩子, 小孩, 小孩子, 宝宝, 娃, 老人, 老人家, 朋友, 同事, 邻居, 快递, 快递员, 外卖,
            外卖员, 外卖小哥, 快递小哥, 房东, 师傅, 保姆, 阿姨, 叔叔, 老板, 医生, 同学, 老师, 儿子, 女儿,
            闺女,
            媳妇, 姥姥, 外婆, 外公, 姥爷, 舅舅, 姑姑, 伯伯, 大家, 孩子们, 小朋友, 小朋友们, 咱, 咱们, 人家,
            别人, 家人, 我爸, 我妈, 我老婆, 我老公, 我儿子, 我女儿, 我哥, 我姐, 我弟, 我妹, 细路, 老豆, 老母,
            佢哋, 我哋, 她们, 她俩, 他俩, 我俩, 室友, 物业, 保安, 司机, 护工, 护士, 服务员, 维修工, 工人,
            猫咪,
            i, he, she, we, they, mom, dad, mum, somebody, someone, my wife, my husband, my son,
            my daughter, i'm going to, i am going to, i'll, i will, we'll, we will, we're going to, i've,
            we've, he's, she's, they've, my mother, my father, the kids, the cows
        """,
    },
    "reported": {
        True: """
            说, 说过, 问, 喊, 讲, 写着, 翻译, 话, 唱, 嚷嚷, 念叨, 嘟囔, 交代, 嘱咐, 吩咐, 要求, 写道,
            喊道, 说道, 叫做, 名叫, 题目是, 歌词, 台词, 作文, 书名, 片名, 歌名,
            标题, 这句, 那句,
            这句话, 那句话, 这几个字, 这两个字, 造句, 造个句, 念作, 读作, 写作, 唱的是, 首歌叫, 电影叫,
            书叫, 谜语,
            成语, 课文, 口号, 广告词, 话音,
            said, says, told, asked, mentioned, wrote, yelled, shouted, translate, spell, mean, means, saying,
            shouting, yelling, screaming, screamed, screams, shouts, yells, whispered, whispers, demanded,
            replied, texted, messaged, emailed, posted, tweeted, typed, announced, sang, sings, chanted,
            is called, was called, are called, titled, entitled, reads, it reads, quoted, texted me,
            messaged me, emailed me, the line, the phrase, the words, the sentence
        """,
    },
    "already": {
        True: """
            已经, 已, 头先, 啱先, 早就, 早已, 曾经, 之前, 前几天, 那天, 当时, 有一次, 刚, 刚刚, 刚才, 昨天,
            昨晚, 上次, 前天, 上回, 最近, 老是, 总是, 经常, 常常, 自己,
            already, just now, yesterday, earlier, last night, last time, always, keeps, keep on,
            the other day, this morning's, sometimes, often, again and again, ago, usually, normally,
            recently, lately, itself, by itself, themselves, by themselves, on its own, on their own
        """,
    },
    "negation": {
        True: """
            无须, 禁止, 没必要, 不准, 用不着, 不想要, 不要, 别, 勿, 不许, 不用, 不必, 无需, 千万别, 先别,
            唔好, 唔使, 咪, 甭, 不能, 没有必要, 不想, 先不用, 先不要, 就不要, 就别, 不用再, 唔好再, 没让,
            没叫, 不需要, 无须再, 请勿, 没说, 不许再, 没让你, 没叫你, 没要你, 没说要, 不用你, 别动,
            不要动, 别碰, 勿动, 莫, 切莫, 切勿, 毋须, 毋需, 不消, 不急着, 不着急, 不要你, 不用你, 少,
            莫得, 莫要, 休要, 可不敢, 不兴, 且慢, 慢着, 不可以, 不得, 严禁, 可别, 犯不着, 不是让你,
            不是叫你, 不是要你, 不是让, 不是叫, 不是要, 没有让你, 没有叫你, 没有要你, 唔准, 唔可以, 唔想,
            唔需要, 冇叫你, 冇话要, 冇必要, 唔好郁,
            don't, do not, never, dont, no need to, shouldn't, must not, mustn't, not, doesn't,
            don't you dare, isn't, aren't, won't, can't, cannot, avoid, refrain from, no longer, hold off,
            not to, needn't, need not, nobody, no one should, never mind, forget about, leave alone
        """,
    },
    "correction": {
        True: """
            不对, 不是, 错了, 我说的是, 我指的是, 我讲的是, 我要的是, 算了, 不好意思, 口误, 讲错, 讲错咗,
            讲错了,
            唔系, 我是说, 说错了, 噢不, 哦不, 啊不, 不不, 应该是,
            no wait, wait, i mean, i meant, actually, sorry, no i mean, scratch that, make that, rather,
            no sorry, oops
        """,
    },
    "no": {
        True: "不, 唔, 唔系, no, nope",
    },
    "condition": {
        "if": "如果, 要是, 假如, 若, 若是, 倘若, 万一, 只要, if, in case, provided, assuming",
        "unless": "除非, unless",
        "when": """
            当, 等到, 一旦, 每当, 的时候, 时候, 的话, 之时, 时, 之后就,
            when, whenever, once, as soon as, as long as, every time, each time, the moment
        """,
    },
    "event": {
        True: """
            gets, goes, rises, falls, drops, becomes, turns, climbs, exceeds, hits, detected, detects,
            finds, senses, opens, closes, gets opened, turns on, turns off, goes on, goes off, comes on,
            rises above, goes over, goes above, drops below, falls below, goes below, gets above,
            gets below, drops under, reaches
        """,
    },
    "timer_word": {
        True: """
            计时器, 定时器, 倒计时, 计时, 定时, 闹钟, 小时候, 及时, 准时, 随时, 平时, 暂时, 临时, 到时,
            timer, timers, countdown, alarm clock
        """,
    },
    "tint": {
        1900.0: "烛光, 蜡烛光, 烛光色, candle light, candlelight, candle",
        2700.0: """
            暖白, 暖白光, 暖光, 暖黄, 暖黄光, 暖色, 暖色光, 暖色调,
            warm white, warm light, soft white
        """,
        4000.0: """
            冷白, 冷白光, 冷光, 冷色, 冷色光, 冷色调, 自然光, 中性光, 自然白, 中性白,
            cold white, cool white, cool light, neutral white, natural light
        """,
        6500.0: "日光, 日光色, 正白光, 正白, 日光白, daylight, day light",
    },
    "appointed": {
        True: "到点, 到点了, 到点就, 到时候, 到那时, 到那时候, 届时, 那时候, 那会儿, 准点, 嗰阵, 到钟",
    },
    "repeat": {
        True: """
            再来一次, 再来一遍, 再一次, 再来一回, 再做一次,
            do it again, do that again, one more time, same again, repeat that
        """,
    },
    "then": {
        True: "就, 便, 那么, 那就, then",
    },
    "compare": {
        "above": """
            高于, 大于, 超过, 高过, 多于, 超出, 热过, 以上, 升到, 达到, 高过了, 高出, 大过, 多过, 突破, 升破,
            升至, 涨到, 涨至, 涨过, 冲到, 飙到, 飙升到, 不低于, 不小于, 不少于, 至少, 起码, 上到, 上升到, 超,
            above, over, more than, higher than, greater than, exceeds, exceed, goes above, rises above,
            goes over, hotter than, warmer than, reaches, at least, brighter than, louder than, is over,
            gets above, climbs above, climbs over, gets over, hits, goes past
        """,
        "below": """
            低于, 小于, 少于, 不到, 低过, 不足, 以下, 降到, 跌到, 少过, 小过, 跌破, 跌至, 降破, 降至,
            掉到, 掉至,
            下降到, 不满, 未到, 没到, 唔够, 唔到, 不高于, 不大于, 不超过, 不多于, 至多, 最多不过, 落到, 冷过,
            below, under, less than, lower than, drops below, falls below, goes below, colder than,
            cooler than, at most, darker than, drops under, gets below, quieter than, gets under,
            sinks below, dips below
        """,
    },
    "after": {
        True: """
            后, 之后, 以后, 过后, 等, 过, 之后再, 等个, 等上, 等它个, 过个, 过上, 再过, 再等, 再过个, 再等个,
            later, from now, in, after, within
        """,
    },
    "before": {
        True: "前, 之前, 以前, before",
    },
    "until": {
        True: "直到, 一直到, 到, 为止, until, till, til, up to",
    },
    "lasting": {
        True: "持续, 一共, 保持, for",
    },
    "at": {
        True: "在, 喺, 于, 大约, 左右, at, by, around, on",
    },
    "to": {
        True: "到, 成, 为, 至, 去, 就, to, at, as, into",
    },
    "by": {
        True: "了, by",
    },
    "and": {
        True: "和, 跟, 与, 以及, 及, 同, 同埋, 还有, 、, 或, 或者, and, &, plus, as well as, or",
    },
    "next_clause": {
        True: """
            然后, 接着, 再, 并, 并且, 同时, 顺便, 而且, 另外, 之后, 跟住, 最后, 先, 还, 也, 但, 但是,
            不过, 可是, 只是, 不然, 要不然, 否则, 跟着, 之后再,
            and then, then, also, after that, afterwards, next, followed by, while, finally, and also,
            first, at the same time, but then, but do, but please, but also
        """,
    },
    "also": {
        True: """
            也, 还, 亦, 都, 又, 同样, 一样, 那边也, 也是, 都系, 也系, 亦系, 都是, 都一样, 也一样,
            also, too, as well, likewise, the same for, same for, do the same for, what about, how about
        """,
    },
    "same": {
        True: """
            这样, 那样, 这个样, 咁样, 这个温度, 那个温度, 这个亮度, 那个亮度, 这个颜色, 那个颜色, 这个音量,
            这个模式, 那个模式, 同样的, 一样的, 成一样, 一个样, 这么样, 那么样, 这样子, 一样的温度,
            同样的温度, 同一个温度, 一样的亮度, 同样的亮度, 一样的颜色, 一样的音量, 一样的档, 这个档,
            这个数, 刚才那样,
            刚才那个温度, 跟刚才一样, 和刚才一样
        """,
    },
    "again": {
        True: "又, 重新, 返, 回来, again, back",
    },
    "particle_zh": {
        True: """
            的, 嘅, 地, 得, 了, 咗, 吧, 啊, 呀, 啦, 喇, 哦, 噢, 喔, 哈, 嘞, 呗, 呐, 里, 里面, 里的, 上,
            上的, 上面, 中, 内, 处, 那, 这, 一下, 下, 着, 住, 个, 盏, 台, 扇, 只, 部, 间, 把, 条, 套, 副,
            款, 呢, 来, 起来, 过来, 去, 给, 被, 成, 是, 系, 在, 喺, 会, 要, 先, 一会, 马上, 立刻, 现在,
            赶紧, 赶快, 快点, 快, 又, 有, 啲, 嘛, 下来, 掉, 好, 到, 用, 让, 它的, 我们的, 我的, 我家的,
            咱们, 家, 变, 对, 以, 所, 为, 嗯, 额, 呃, 那个那个, 就是, 整, 些, 即刻, 而家, 当前, 目前,
            此刻, 处于, 状态, 喽, 咯, 哟, 嗲, 设备, 电器, 家电, 立马, 随即, 赶忙, 浓度, 顺手, 顺带, 里头,
            那边的, 这边, 头, 您, 咁, 嗰, 佢, 比, 室内, 屋内, 一,
            一直, 一会儿, 一阵, 一阵子, 一块儿, 一块, 一起, 一齐, 一同, 一并, 一道,
            时间, 往后, 今后, 从今往后, 从现在起, 从今以后, 儿, 里边, 上头, 上边, 下头, 下边, 那屋, 这屋,
            那头, 这头, 完, 屋, 仲, 仲有, 重有, 还要, 究竟, 到底, 啱啱,
            依家, 家阵, 而今, 眼下, 目下
        """,
    },
    "filler": {
        True: """
            谢谢, 多谢, 就行, 就行了, 就好, 就好了, 就够, 就够了, 就可以, 就可以了, 就成, 就得, 就得了,
            就合适, 即可,
            够了, 就差不多, 差不多, 我说, 我话, 您老, 您老人家, 那啥, 那什么, 内个, 呐, 亲, 宝贝, 麻烦你,
            辛苦了, 拜托, 好吗, 好不好, 行吗, 行不行, 可以吗, 得唔得, 啦唔该, 亲爱的,
            给大家看看, 给客人看看, 给孩子看看, 给孩子们看看, 给爷爷看看, 给奶奶看看, 给他们看看, 给他看看,
            宅家, 你好, 喂, 哎, 诶, 嗨, 那么, 其实, 好像, 可能, 也许, 已经, 还, 仍然, 正在, 全部都,
            检测到, 感应到, 发现, 房间,
            the, a, an, my, our, your, of, in, inside, at, to, from, for, with, into, with the, its,
            their, his, her, please, now, right now, just, so, um, uh, er, well, hey there, up, there, 's,
            s, currently, immediately, will, would, could, should, can, be, get, that's, i, me, we, us,
            everyone, this, some, such, both, as, being, onto, by, setting, settings, value, level,
            degree, unit, device, state, set, percent, light's, quickly, moment, damn, bloody, fucking,
            stupid, kind, sort, maybe, perhaps, possible, if possible, asap, the thing, thing, been, are,
            is, was, it's, something, little, at the moment, going, still, already, thanks, thank you,
            homebody, hello, hi, room, room's, detected, detects, finds, senses, instead, about,
            then again, okay then, anyway, though, all right, alright, basically, actually then, water's,
            rooms, the rooms, would you, will you, would somebody, somebody please, could somebody, ta,
            if you'd be so kind, if you would, if you don't mind, per hour, an hour, possibly, kindly,
            then please, of the way
        """,
    },
}

_SEPARATORS = {"strong": ".;!?", "weak": ",:"}

_ROOMS = """
    客厅, 卧室, 主卧, 次卧, 厨房, 书房, 卫生间, 洗手间, 浴室, 厕所, 阳台, 餐厅, 饭厅, 玄关, 走廊, 车库, 花园,
    院子, 儿童房, 婴儿房, 客房, 地下室, 阁楼, 储藏室, 储物间, 衣帽间, 洗衣房, 办公室, 健身房, 影音室, 茶室,
    露台, 楼梯, 门厅, 老人房, 保姆房, 工作室, 酒窖, 会议室, 游泳池, 泳池, 后院, 前院, 天台, 楼梯间, 过道,
    living room, bedroom, master bedroom, kitchen, study, bathroom, toilet, balcony, dining room, hallway,
    corridor, garage, garden, yard, backyard, kids room, kids' room, nursery, guest room, basement, attic,
    cellar, pantry, closet, laundry room, office, gym, media room, patio, terrace, stairs, porch, lounge, den,
    workshop, wine cellar, pool, driveway, shed, loft, conservatory, sunroom, utility room, library,
    home theater, hall, foyer, entryway, mudroom, rooftop, sauna, spare room, greenhouse
"""
_FLOORS = """
    楼上, 楼下, 一楼, 二楼, 三楼, 四楼, 五楼, 顶楼, 地下, upstairs, downstairs, first floor, second floor,
    third floor, ground floor, top floor
"""
_LIGHT = 0.8
"""The weight of particles and filler: a word that means something wins."""


def words(text: str) -> list[str]:
    """The words of a row."""
    return [word for word in map(str.strip, re.split("[,\n]", text)) if word]


@cache
def sounding() -> frozenset[str]:
    """General words that may be misheard: what carries meaning by itself."""
    rows = [
        *_ROWS["verb"].values(),
        *_ROWS["phrasal"].values(),
        "please",
        *_ROWS["all"].values(),
        *_ROWS["function"].values(),
        _ROOMS,
        _FLOORS,
    ]
    return frozenset(word for row in rows for word in words(row))


@cache
def lexicon() -> Trie:
    """All general words in one trie, built once."""
    trie = Trie()
    states = {word for text in _ROWS["state"].values() for word in words(text)}
    for category, rows in (*_ROWS.items(), *english_words.ROWS.items()):
        weight = _LIGHT if category in ("particle_zh", "filler") else 1.0
        for value, text in rows.items():
            for word in words(text):
                trie.add(word, Entry(category, value, weight))
                if category == "measure" and word.isascii():
                    trie.add(word, Entry("question", "value", weight))
                if category in ("verb", "phrasal") and word[0].isascii():
                    first, _, rest = word.partition(" ")
                    form = f"{gerund(first)} {rest}".strip()
                    if form not in states:
                        trie.add(form, Entry(category, value, 0.95))  # would you mind turning ...
                        trie.add(form, Entry("gerund", value, 0.95))
                    if category == "verb" and (done := f"{participle(first)} {rest}".strip()) != word:
                        trie.add(done, Entry("done", value, 0.95))  # have the blinds lowered
    listed = {word for rows in _ROWS.values() for text in rows.values() for word in words(text)}
    for word, verb in resultatives.entries():
        if word not in listed:
            trie.add(word, Entry("verb", verb))
    for category, made in (*english_duties.rows().items(), *english_comings.rows().items()):
        for value, phrases in made.items():
            for phrase in phrases:
                trie.add(phrase, Entry(category, value))
    for activity in ACTIVITIES:
        trie.add(activity, Entry("activity", True, 0.9))
    for strength, marks in _SEPARATORS.items():
        for mark in marks:
            trie.add(mark, Entry("separator", strength))
    for room in words(_ROOMS):
        trie.add(room, Entry("room", room, 0.9))
    for floor in words(_FLOORS):
        trie.add(floor, Entry("level_of_house", floor, 0.9))
    return trie
