"""The commonest English words. None of them, standing alone, is a misheard word of the home.

"What would it look like" has no lock in it, "be a dear" no door. As a part of a whole name they may be
misheard all the same (the "boot rum", the "desk lamb").
"""

from __future__ import annotations

_WORDS = """
abort cancel scrap undo revoke knock shout jot fetch wag trick paw
a able about above across act actually add after afternoon again against age ago agree air all almost
alone along already also although always am among amount an and angry animal another answer any anybody
anymore anyone anything anyway apart apple are area arm around arrive art as ask asleep at away awake
awful baby back bad bag ball bank bath be bear beat beautiful because become been before began begin
behind being believe below beside best better between big bill bird birthday bit bite black blood blow
boat body bone book boot both bother bottle bottom bought bowl box boy brain bread break breakfast breathe
bring broke brother brought build burn bus business busy but buy by cake call came can car card care carry
case cat catch caught cause chance change cheap check cheese child children choose christmas city class
clear clever climb clothes cloud coat coffee cold come common company complain complete cook cool corner
cost could count country couple course cousin cover cow crazy cross cry cup cut dad dance danger dark date
daughter day dead deal dear death decide deep deer did die differ different difficult dinner dirty do
doctor does dog doing done dont door doubt down draw dream dress drink drive drop dry due during each ear
early earth easy eat edge egg eight either else empty end enjoy enough entire even evening ever every
everybody everyone everything exactly example except excuse expect expensive explain explode eye face fact
fair fall false family famous far farm fast fat father favour favor favourite favorite feed feel feet fell
felt few field fight fill film find fine finger finish fire first fish fit five flat floor flour fly folk
follow food foot for forget forgot form forward found four free fresh friday friend from front fruit full
fun funny game garden gave get girl give glad glass go god gold gone good got great green grew ground
group grow guess guest guy had hair half hand handle hang happen happy hard has hat hate have he head
health hear heard heart heavy held hell hello help her here hers herself high hill him himself his history
hit hold holiday home hope horrible horse hospital hot hour house how huge human hundred hungry hurry hurt
husband i ice idea if important in inside instead interest interesting into invite is it its itself job
join joke journey joy jump just keep kept key kick kid kids kill kind king kiss kitten knee knew knock
know lady laid land language large last late later laugh law lay lead learn least leave led left leg less
let letter lie life lift like likely line list listen little live load local long look lose loss lost lot
love low luck lucky lunch made mail main make man many mark market married matter may maybe me meal mean
meant meat meet meeting met middle might mile milk mind mine minute miss mistake mom moment money monkey
month mood moon more morning most mother mouse mouth move much mum music must my myself name near nearly
neck need neighbour neighbor neither never new news next nice night nine no nobody noise none nor normal
north nose not note nothing notice now number of off offer office often oh ok okay old on once one only
open or orange order other our ours out outside over own page paid pain paint pair paper parent park part
party pass past pay peace pen people perfect perhaps person phone photo piece pig pink place plan plant
play please pocket point police poor possible pot pound pour present president pretty price print probably
problem promise proper proud public pull push put queen question quick quickly quiet quite rabbit race
rain raise ran rather reach read ready real really reason recipe recommend red relax remain remember rest
rice rich ride right ring rise river road rock room round rule run sad safe said sail salt same sand sat
save saw say scared school science sea season seat second secret see seem seen self sell send sense sent
serious set seven several shake shall shape share sharp she shine ship shirt shoe shop short should show
shut sick side sight sign silly simple since sing sir sister sit six size skin sky sleep slow small smart
smell smile snow so soft sold soldier some somebody someone something sometimes somewhere son song soon
sorry sort soul sound soup south space speak special spend spoke spring square stand star start state stay
steal step still stone stop store storm story straight strange street strong study stuff stupid such
sudden sugar summer sun sunday supper suppose sure surprise sweet swim table take talk tall taste taught
tax tea teach team tell ten term terrible test than thank thanks that the their them then there these they
thick thin thing things think third this those though thought three through throw tie till time tiny tired
to today together told tomorrow tonight too took top total touch toward town toy train travel tree tried
trip trouble true trust truth try turn twelve twenty twice two ugly uncle under understand until up upon
us use usual vegetable very village visit voice wait wake walk wall want war warm was wash watch water way
we weak wear weather week weekend weigh welcome well went were west wet what wheel when where whether
which while white who whole whose why wide wife wild will win wind wine winter wish with within without
woke woman women won wonder wonderful wood word wore work world worry worse worst worth would write wrong
wrote year yellow yes yesterday yet you young your yours yourself
"""
ORDINARY = frozenset(_WORDS.split())
